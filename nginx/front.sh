#!/bin/bash
# Runs nginx with what was published to /srv/front, once that and a certificate are there, and has it read a new
# certificate. It ends as nginx ends.
set -u
configuration=/srv/front/nginx/${CONFIGURATION:=production.conf}
nginx=(nginx -e stderr -c "$configuration")
certificate=/srv/tls/certificate.pem

log() {
  printf '{"time":"%s","component":"nginx","level":"%s","msg":"%s"}\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$1" "$2"
}

# The redirect from http goes where PUBLIC_URL is.
[[ ${PUBLIC_URL:-} =~ ^https://[^/]*:([0-9]+)/?$ ]] && [ "${BASH_REMATCH[1]}" != 443 ] &&
  echo "set \$https_port :${BASH_REMATCH[1]};" >/tmp/https-port.conf

# Beside nginx its requests are counted, where there is a place for what it says of them: conf/metrics.conf.
mountpoint --quiet /srv/requests &&
  echo 'access_log /srv/requests/requests.log counted buffer=16k flush=1s;' >/tmp/counted.conf

until [ -e "$configuration" ] && [ -e $certificate ]; do
  log info 'waiting for the published files and a certificate'
  sleep 1
done

state() {
  stat --dereference --format '%i %Y %s' $certificate /srv/tls/key.pem 2>&1
}

loaded=$(state)
"${nginx[@]}" &
master=$!
trap 'kill -QUIT $master' QUIT TERM
trap 'kill -HUP $master' HUP

while :; do
  sleep 5 &
  # Whichever ends first.
  wait -n -p ended $master $!
  status=$?
  [ "${ended:-}" = $master ] && exit $status
  found=$(state)
  [ "$found" = "$loaded" ] && continue
  # Noted before nginx reads it: a change in between is another change.
  loaded=$found
  if "${nginx[@]}" -t -q; then
    log info 'reading a new certificate'
    kill -HUP $master
  else
    log error 'The new certificate is refused by nginx, for the reason above; the one before stays in use.'
  fi
done
