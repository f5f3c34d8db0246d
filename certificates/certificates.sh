#!/bin/sh
# Keeps a certificate in /srv/tls, where nginx reads it: the operator's own, else one by ACME for DOMAINS, else one
# that signs itself. `certificates renew` asks the running one for a new certificate. Runs in dash and in busybox.
set -uf
umask 077
here=/opt/certificates
own=/run/secrets/tls
tls=/srv/tls
asked=/tmp/renew

. "$here/pair.sh"
. "$here/self-signed.sh"
. "$here/own.sh"
. "$here/acme.sh"

log() {
  text=$(printf '%s' "$2" | tr '\n\t"\\' "  ''" | tr -d '\000-\037')
  printf '{"time":"%s","component":"certificates","level":"%s","msg":"%s"}\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$1" "$text"
}

keep() {
  if own_given; then
    missed=0
    keep_own
  elif own_may_return; then
    missed=1
  else
    judged=
    keep_without_own
  fi
  [ ! -e "$tls/certificate.pem" ] || touch /tmp/ready
  warn_of_end
}

keep_without_own() {
  if [ -n "$domains" ]; then keep_issued $domains; else keep_self_signed localhost; fi
}

DAY=86400
warned=0
# Once a day, while there is time to do something.
warn_of_end() {
  now=$(date +%s)
  [ $((now - warned)) -ge $DAY ] || return 0
  [ "$failures" -gt 0 ] || [ "$(source_of)" = secrets/tls ] || return 0
  ends_within $((14 * DAY)) || return 0
  warned=$now
  log error "The certificate in use ends at $(end_of "$tls/certificate.pem"), and none has replaced it: browsers will refuse the site from then on. The lines before this one say why."
}

if [ "${1:-}" = renew ]; then
  touch "$asked"
  echo 'A new certificate is asked for; the log of this service says what came of it.'
  exit 0
fi

domains=$(printf '%s' "${DOMAINS:-}" | tr -s ', \t\n' ' ' | sed 's/^ //; s/ $//')
[ -n "$domains" ] || [ -z "${DOMAINS:-}" ] ||
  log error "DOMAINS holds no name: '$DOMAINS'. It counts as empty. Write the site's domains there, the main one first, or nothing."

trap 'exit 0' TERM INT
while :; do
  keep
  sleep "${TICK_SECONDS:-10}" &
  wait $!
done
