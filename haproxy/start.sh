#!/bin/bash
# Runs HAProxy. Where there is a CONTROL, it is asked first who gets a canary, so that visitors of a balancer that starts
# get what they get elsewhere. Without an answer nobody does, until control says so to the running HAProxy.
set -u

# What all instances of control say, within 1.5 s: a word a line.
ask_control() {
  for address in $(timeout 0.5 getent ahostsv4 "$CONTROL" | cut -d' ' -f1 | sort -u); do
    echo "$(timeout 1 ask-split "$address:8407" 2>/dev/null)" &
  done
  wait
}

# As kit/canary/sides.ts makes it.
WORD='1~[1-9][0-9]{0,14}~[A-Za-z0-9-]{1,32}~[0-9]{1,3}(\.[0-9]{1,2})?~[A-Za-z0-9]{1,64}~[A-Za-z0-9,:=/._-]{0,2048}'

words=none
[ -z "${CONTROL:-}" ] || words="$(ask_control | grep -Ex "none|$WORD" | sort -t'~' -k2,2n)"
# The newest; but who says that there is none is believed, as the old version is never wrong.
word="${words##*$'\n'}"
[[ -n "$words" && "$words" != none* ]] || word=none
{ echo "split $word" >/tmp/split.map; } 2>/dev/null
exec haproxy -W -db -S 127.0.0.1:8405 -f /srv/balancer/current/haproxy.cfg
