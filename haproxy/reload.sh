#!/bin/bash
# Has the running HAProxy read its configuration again. What it refuses is never applied: exit 1, with the reason.
set -eu
haproxy -c -f /srv/balancer/current/haproxy.cfg

# Who gets a canary would be forgotten with the map of the process that runs.
if word="$(timeout 2 ask-split 127.0.0.1:8404 2>/dev/null)"; then echo "split $word" >/tmp/split.map; fi

# Asks the master process.
ask() {
  exec 3<>/dev/tcp/127.0.0.1/8405
  echo "$1" >&3
  timeout 20 cat <&3
}
# The process that takes new visitors.
worker() { ask 'show proc;quit' | awk '$2 == "worker" && $3 == 0 { print $1 }'; }

before="$(worker)"
answer="$(ask reload)" || true
echo "$answer"
[ -n "$answer" ] || for _ in {1..50}; do
  # The master starts itself anew for this, and on a busy machine it can lose the one who asked.
  sleep 0.2
  after="$(worker 2>/dev/null)" || continue
  [ -z "$after" ] || [ "$after" = "$before" ] || { echo Success=1; exit 0; }
done
[[ "$answer" == Success=1* ]]
