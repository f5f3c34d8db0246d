#!/bin/bash
# Adds up what nginx writes about each request, in the file that nginx serves to Prometheus, and gives the memory of
# what is read back. The numbers and how far they go are one file, replaced whole: a kill loses and repeats nothing.
set -u
folder=${1:-/srv/requests}
log=$folder/requests.log
metrics=$folder/metrics
certificate=/srv/tls/certificate.pem
seconds=2

offset() {
  sed -n 's/^# read //p' "$metrics" 2>/dev/null
}

# Seconds since 1970.
certificate_end() {
  local end
  end=$(openssl x509 -enddate -noout -in $certificate 2>/dev/null) && date --date "${end#*=}" +%s
}

give_back() {
  [ "$1" -eq 0 ] || fallocate --punch-hole --offset 0 --length "$1" "$log"
}

count() {
  local from size new
  from=$(offset)
  size=$(stat --format %s "$log" 2>/dev/null || echo 0)
  [ "${from:-0}" -le "$size" ] || from=0
  from=${from:-0}
  new=$(tail --bytes "+$((from + 1))" "$log" 2>/dev/null | head --bytes $((size - from)) |
    awk -v from="$from" -v bytes=$((size - from)) -v now="$(date +%s)" -v end="$(certificate_end)" \
      -f /usr/local/lib/count-requests.awk "$metrics" lines_follow=1 -)
  # Without room for the numbers, what they hold already makes room.
  save "$new" || { give_back "$(sed -n 's/^# read //p' <<<"$new")" && save "$new"; }
  give_back "$(offset)"
}

save() {
  [ -n "$1" ] && printf '%s\n' "$1" 2>/dev/null >"$metrics.new" && mv "$metrics.new" "$metrics"
}

touch "$log"
[ -e "$metrics" ] || : >"$metrics"
while true; do
  count
  sleep $seconds
done
