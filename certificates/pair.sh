# A pair is a certificate with its chain, and its key. The one in use is the folder that `current` leads to: a switch
# of that link changes both at once, and a loss of power leaves one of the two pairs, whole.

# What is wrong with a pair, in words that end a sentence; nothing when nginx can use it.
fault_of() {
  certificate=$1 key=$2
  [ -r "$certificate" ] || { echo 'the certificate is missing, or user 101 may not read it or its folder' && return; }
  [ -r "$key" ] || { echo 'the key is missing, or user 101 may not read it' && return; }
  of_certificate=$(openssl x509 -in "$certificate" -noout -pubkey 2>/dev/null) ||
    { echo 'the certificate is not in PEM format' && return; }
  of_key=$(openssl pkey -in "$key" -pubout -passin pass: 2>/dev/null) ||
    { echo 'the key is not in PEM format, or has a password, which nginx cannot type' && return; }
  [ "$of_certificate" = "$of_key" ] ||
    { echo "the key does not belong to the certificate (the site's own certificate has to be the first in its file)" && return; }
  # Commands for one certificate stop at the first.
  [ "$(openssl crl2pkcs7 -nocrl -certfile "$certificate" 2>/dev/null | openssl pkcs7 -print_certs 2>/dev/null | grep -c 'BEGIN CERT')" -eq \
    "$(grep -cE -e '-----BEGIN (X509 |TRUSTED )?CERTIFICATE-----' "$certificate")" ] ||
    { echo 'a certificate after the first in its file is damaged' && return; }
  weak=$(weakness_of "$certificate" "$key")
  [ -z "$weak" ] ||
    { echo "nginx would not start with it: OpenSSL says '$weak' (RSA keys need 2048 bits, elliptic curves 224)" && return; }
  ! begins_later "$certificate" ||
    { echo "the certificate is not valid before $(start_of "$certificate")" && return; }
  openssl x509 -in "$certificate" -noout -checkend 0 >/dev/null ||
    echo "the certificate ended at $(end_of "$certificate")"
}

# What OpenSSL has against a pair at its usual level of security. It says so before it looks for a server.
weakness_of() {
  openssl s_client -unix /nowhere -cert "$1" -key "$2" -pass pass: -cert_chain "$1" </dev/null 2>&1 |
    sed -n '/^error setting certificate/,$ s/.*:SSL routines:[^:]*:\([^:]*\):.*/\1/p'
}

start_of() {
  openssl x509 -in "$1" -noout -startdate -dateopt iso_8601 2>/dev/null | cut -d= -f2
}

begins_later() {
  [ "$(start_of "$1")" \> "$(date -u '+%Y-%m-%d %H:%M:%SZ')" ]
}

end_of() {
  openssl x509 -in "$1" -noout -enddate -dateopt iso_8601 | cut -d= -f2
}

ends_within() {
  ! openssl x509 -in "$tls/certificate.pem" -noout -checkend "$1" >/dev/null 2>&1
}

usable() {
  [ -z "$(fault_of "$tls/certificate.pem" "$tls/key.pem")" ]
}

# Whether nginx would start with the pair in use, which need not be valid today.
loadable() {
  case $(fault_of "$tls/certificate.pem" "$tls/key.pem") in
    '' | *' ended at '* | *' is not valid before '*) ;;
    *) return 1 ;;
  esac
}

in_use() {
  cmp -s "$1" "$tls/certificate.pem" && cmp -s "$2" "$tls/key.pem"
}

# Where the pair in use came from.
source_of() {
  cat "$tls/current/source" 2>/dev/null
}

# Puts a pair in use: certificate, key, where it came from. The pair before stays until the next change, to go back to.
use() {
  before=$(readlink "$tls/current")
  new=$(mktemp -d "$tls/pair.XXXXXX") &&
    cat "$1" >"$new/certificate.pem" && cat "$2" >"$new/key.pem" && echo "$3" >"$new/source" && staple "$new" && sync &&
    lead current "${new##*/}" && lead certificate.pem current/certificate.pem && lead key.pem current/key.pem ||
    {
      log error "The new certificate cannot be stored in $tls: is the disk full?"
      [ "$(readlink "$tls/current")" = "${new##*/}" ] || rm -rf "$new"
      return 1
    }
  warned=0
  log info "The certificate in use is from $3 and ends at $(end_of "$tls/certificate.pem")."
  find "$tls" -maxdepth 1 -name 'pair.*' ! -name "${new##*/}" ! -name "${before:-none}" -exec rm -rf {} +
}

lead() {
  rm -f "$tls/$1.new" && ln -s "$2" "$tls/$1.new" && mv -T "$tls/$1.new" "$tls/$1"
}

# nginx would warn of a certificate that names no OCSP responder. Browsers check the stapled answer's signature.
staple() {
  [ -z "$(openssl x509 -in "$1/certificate.pem" -noout -ocsp_uri)" ] || echo 'ssl_stapling on;' >"$1/stapling.conf"
}
