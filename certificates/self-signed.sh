# Keeps a certificate that signs itself for these names. Browsers warn of it, once for as long as it stays the same.
keep_self_signed() {
  if [ ! -e "$asked" ] && [ "$(source_of)" = "itself, for $*" ] && usable && ! ends_within $((30 * DAY)); then return; fi
  rm -f "$asked"
  use_self_signed "$@"
}

use_self_signed() {
  names=$(printf 'DNS:%s,' "$@")
  openssl req -x509 -config /dev/stdin -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 90 \
    -keyout /tmp/key.pem -out /tmp/certificate.pem 2>/dev/null <<END ||
[req]
distinguished_name = name
x509_extensions = extensions
prompt = no
[name]
CN = $1
[extensions]
subjectAltName = ${names}IP:127.0.0.1,IP:::1
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth
END
    { log error "No certificate can be made for $*: is that a list of host names?" && return; }
  use /tmp/certificate.pem /tmp/key.pem "itself, for $*"
  rm -f /tmp/certificate.pem /tmp/key.pem
}
