#!/bin/bash
# Runs nginx with what was published to /srv/front, once that and a certificate are there, and has it read a new
# certificate, and the split of a canary: SPLIT_FROM is where a balancer names it. It ends as nginx ends.
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

split=none refused=
# The canary that was promoted last: its pages are those of everybody since, and the pages of before are old ones. Only a
# word can say that, see wordOf in kit/control/word.ts; by `none` a balancer that starts says that it knows nothing.
promoted=

# Whether there is another split for nginx to read. Without an answer the last one stays.
follow_split() {
  local word found said base=$promoted
  [ -n "${SPLIT_FROM:-}" ] && word=$(timeout 1 ask-split "$SPLIT_FROM" 2>/dev/null) || return 1
  # The number of the state that it comes from makes no difference here.
  found=${word#1~*~}
  if [[ $found =~ ^([^~]+)~0~promoted~$ ]]; then found=none base=${BASH_REMATCH[1]}; fi
  [ "$found $base" != "$split $promoted" ] || return 1
  if said=$(take-split "$word" "$configuration" "$base" 2>&1); then
    log info 'reading another split'
    split=$found promoted=$base
    return 0
  fi
  if [ "$word" != "$refused" ]; then
    refused=$word
    [ -z "$said" ] || echo "$said" >&2
    log error 'The split that the balancer names is refused; the one before stays.'
  fi
  return 1
}

follow_split
loaded=$(state)
"${nginx[@]}" &
master=$!
trap 'kill -QUIT $master' QUIT TERM
trap 'kill -HUP $master' HUP

while :; do
  # Asking takes some processor: an end of a canary must reach visitors soon, its begin has a second more.
  if [ -z "${SPLIT_FROM:-}" ]; then pause=5; elif [ "$split" = none ]; then pause=1; else pause=0.4; fi
  sleep $pause &
  # Whichever ends first.
  wait -n -p ended $master $!
  status=$?
  [ "${ended:-}" = $master ] && exit $status
  follow_split && kill -HUP $master
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
