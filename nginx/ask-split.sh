#!/bin/bash
# Prints what a balancer says of a canary: `ask-split HOST:PORT`. Exit 1 where it says nothing. Whoever calls it sets a time
# limit. Bash, because neither curl nor wget is certain to be there.
set -u
exec 3<>"/dev/tcp/${1%:*}/${1##*:}" || exit 1
printf 'GET /split HTTP/1.0\r\n\r\n' >&3
read -r _ status _ <&3
[ "${status:-}" = 200 ] || exit 1
while read -r line <&3 && [ "$line" != $'\r' ]; do :; done
# That is too long, or has a zero in it: neither is a word.
IFS= read -r -d '' -n 2050 word <&3 && word=-
printf '%s' "${word%$'\n'}"
