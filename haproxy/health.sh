#!/bin/bash
# Whether HAProxy answers. Bash, because neither curl nor wget is certain to be there.
set -u
exec 3<>/dev/tcp/127.0.0.1/8404 || exit 1
printf 'GET /healthz HTTP/1.0\r\n\r\n' >&3
read -r _ status _ <&3
[ "$status" = 200 ] || exit 1

# HAProxy takes as many addresses as it has slots, and says nothing of the rest.
found="$(getent ahostsv4 "$INSTANCES" | cut -d' ' -f1 | sort -u | wc -l)"
if [ "$found" -gt "$SLOTS" ]; then
  line="{\"component\":\"balancer\",\"msg\":\"$found instances, and places for $SLOTS: the others get no visitor. Set SLOTS.\"}"
  echo "$line"
  # The container's own log, where it can be written.
  { echo "$line" >/proc/1/fd/1; } 2>/dev/null
fi
exit 0
