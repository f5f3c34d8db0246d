# Reads the numbers so far, then lines of nginx ("200 HIT 0.001"), and writes the numbers again as Prometheus reads them.
BEGIN {
  bounds = split("0.001 0.005 0.01 0.025 0.05 0.1 0.25 0.5 1 2.5 5 10", bound, " ")
}

!lines_follow {
  if ($1 ~ /^dogfood_front_.*(_total|_bucket|_sum|_count)(\{|$)/) total[$1] = $2
  next
}

{
  lines[$0]++
  length_read += length($0) + 1
  last = $0
}

END {
  # The last line may not be written whole yet: then it is for the next time.
  if (length_read > bytes) {
    lines[last]--
    length_read -= length(last) + 1
  }
  for (line in lines) add_up(line, lines[line])
  write()
}

function add_up(line, times,   field, i, cache) {
  if (times == 0) return
  if (split(line, field, " ") != 3 || field[1] !~ /^[1-5][0-9][0-9]$/ || field[2] !~ /^([A-Z]+|-)$/ ||
      length(field[2]) > 12 || field[3] !~ /^[0-9]+\.[0-9]+$/) {
    total["dogfood_front_unread_lines_total"] += times
    return
  }
  cache = field[2] == "-" ? "NONE" : field[2]
  total["dogfood_front_requests_total{status=\"" field[1] "\",cache=\"" cache "\"}"] += times
  cache = "{cache=\"" cache "\""
  for (i = 1; i <= bounds; i++)
    total["dogfood_front_duration_seconds_bucket" cache ",le=\"" bound[i] "\"}"] += field[3] + 0 <= bound[i] + 0 ? times : 0
  total["dogfood_front_duration_seconds_bucket" cache ",le=\"+Inf\"}"] += times
  total["dogfood_front_duration_seconds_sum" cache "}"] += times * field[3]
  total["dogfood_front_duration_seconds_count" cache "}"] += times
}

function write(   name) {
  printf "# read %d\n", from + length_read
  describe("dogfood_front_requests_total", "counter", "Requests, by status and what the cache of nginx had.")
  describe("dogfood_front_duration_seconds", "histogram", "Until the last byte was handed to the visitor.")
  describe("dogfood_front_unread_lines_total", "counter", "Lines of nginx that were not understood.")
  gauge("dogfood_front_counted_timestamp_seconds", "When the requests were counted.", now)
  if (end != "") gauge("dogfood_certificate_expiry_timestamp_seconds", "When the certificate ends.", end)
  print "# HELP dogfood_front_connections Connections of visitors, as nginx has them at this moment."
  print "# TYPE dogfood_front_connections gauge"
  connections("active"); connections("reading"); connections("writing"); connections("waiting")
}

function describe(name, type, help,   sample) {
  print "# HELP " name " " help
  print "# TYPE " name " " type
  for (sample in total) if (index(sample, name) == 1) print sample, sprintf("%.15g", total[sample])
}

function gauge(name, help, value) {
  print "# HELP " name " " help
  print "# TYPE " name " gauge"
  print name, value
}

# nginx fills it in when it serves the file.
function connections(state) {
  print "dogfood_front_connections{state=\"" state "\"} <!--# echo var=\"connections_" state "\" -->"
}
