lineages=$tls/acme
attempts=$tls/acme/attempts
said=/tmp/certbot.out
failures=0
next=0
heard=
# Let's Encrypt counts five failures an hour and name before it refuses to listen.
ATTEMPTS_AN_HOUR=4

# Keeps a certificate by ACME for these names; until there is one, a temporary one, so that nginx can answer the challenge.
keep_issued() {
  use_issued
  loadable || use_self_signed "$@"
  # A wish is heard once: where no attempt is left, it waits for the next.
  if [ ! -e "$asked" ]; then heard=; elif [ -z "$heard" ]; then heard=yes next=0; fi
  [ "$(date +%s)" -lt "$next" ] || request "$@"
}

# Another directory is another certificate: that of a test server is not kept when the real one is named.
lineage() {
  echo "site-$(printf '%s' "$ACME_DIRECTORY" | cksum | cut -d' ' -f1)"
}

use_issued() {
  folder=$lineages/live/$(lineage)
  [ -e "$folder/fullchain.pem" ] || return 0
  in_use "$folder/fullchain.pem" "$folder/privkey.pem" || [ -n "$(fault_of "$folder/fullchain.pem" "$folder/privkey.pem")" ] ||
    use "$folder/fullchain.pem" "$folder/privkey.pem" "$ACME_DIRECTORY"
}

request() {
  pause=$(seconds_to_pause)
  if [ "$pause" -gt 0 ]; then
    next=$(($(date +%s) + pause))
    log warn "There were $ATTEMPTS_AN_HOUR attempts to get a certificate within an hour: the next one is in $pause s."
    return
  fi
  date +%s >>"$attempts"
  if ask_certbot "$@"; then
    failures=0
    # A wish that failed stays one, for the next attempt.
    rm -f "$attempts" "$asked"
    heard=
    # Not all servers in the world at the same moment.
    next=$(($(date +%s) + 39600 + $(od -An -N2 -tu2 /dev/urandom) % 7200))
    use_issued
  else
    wait_longer "$*"
  fi
}

# A restart does not forget the attempts before it.
seconds_to_pause() {
  mkdir -p "$lineages"
  now=$(date +%s)
  cat "$attempts" 2>/dev/null | awk -v now="$now" -v most=$ATTEMPTS_AN_HOUR '
    $1 > now - 3600 && $1 <= now { times[++count] = $1 }
    END { print count < most ? 0 : times[count - most + 1] + 3600 - now }'
}

# certbot knows itself when a certificate is due: it asks the server (ARI), or takes the last third of its life.
ask_certbot() {
  set -- $(printf -- '-d %s ' "$@")
  [ -n "${ACME_EMAIL:-}" ] && set -- "$@" --email "$ACME_EMAIL" || set -- "$@" --register-unsafely-without-email
  if [ -e "$asked" ]; then set -- "$@" --force-renewal; else set -- "$@" --keep-until-expiring; fi
  certbot certonly --non-interactive --agree-tos --server "$ACME_DIRECTORY" --cert-name "$(lineage)" "$@" \
    --webroot --webroot-path /srv/acme --preferred-challenges http --renew-with-new-domains \
    --key-type ecdsa --elliptic-curve secp256r1 \
    --config-dir "$lineages" --work-dir /tmp/certbot --logs-dir /tmp/certbot --max-log-backups 0 >"$said" 2>&1 &
  wait $!
}

wait_longer() {
  pause=${RETRY_SECONDS:-300}
  for _ in $(seq "$failures"); do pause=$((pause * 2)); done
  [ $pause -le 21600 ] || pause=21600
  [ "$failures" -ge 9 ] || failures=$((failures + 1))
  next=$(($(date +%s) + pause))
  log error "No certificate for $1: $(reason). What was in use stays in use. The next attempt is in $pause s, or after a restart of this service."
}

reason() {
  if grep -q 'Detail:' "$said"; then
    echo "$(grep -E '^ *(Domain|Detail):' "$said" | tr -s ' ' | tr '\n' ';') Each name has to lead to this server (A and AAAA records), and port 80 to be open to the world"
  elif grep -qi 'ratelimit\|too many' "$said"; then
    echo "$ACME_DIRECTORY has counted too many requests: $(last_words). Nothing is to be done but wait"
  elif grep -q 'ConnectionError\|Timeout\|SSLError\|MaxRetry' "$said"; then
    echo "$ACME_DIRECTORY cannot be reached: $(last_words). Check the address in ACME_DIRECTORY and that this server may connect to it"
  else
    echo "$(last_words). Check DOMAINS and ACME_EMAIL"
  fi
}

last_words() {
  grep -v '^Saving debug log\|^Ask for help\|^ *$' "$said" | tail -n 1 | cut -c 1-400
}
