judged=
missed=0

# Whether there is a pair in secrets/tls. In a folder that is closed to us there may be one.
own_given() {
  [ -e "$own/certificate.pem" ] || [ -e "$own/key.pem" ] || { [ -d "$own" ] && [ ! -x "$own" ]; }
}

# Whoever replaces files can remove them first: a pair is gone when two looks in a row find none.
own_may_return() {
  [ $missed -eq 0 ] && { [ -n "$judged" ] || [ "$(source_of)" = secrets/tls ]; }
}

# Keeps the pair in secrets/tls; each change of it is judged once.
keep_own() {
  rm -f "$asked"
  # One that is refused because it comes too early is looked at again when it is time.
  given="$(cksum "$own/certificate.pem" "$own/key.pem" 2>&1) $(begins_later "$own/certificate.pem" && echo early)"
  [ "$given" != "$judged" ] || return 0
  judged=$given
  fault=$(fault_of "$own/certificate.pem" "$own/key.pem")
  if [ -n "$fault" ]; then
    log error "The certificate in secrets/tls is refused: $fault. What was in use stays in use. Put certificate.pem and key.pem there that belong together."
    loadable || use_self_signed localhost
  elif ! in_use "$own/certificate.pem" "$own/key.pem"; then
    # What could not be stored is tried again at the next look.
    use "$own/certificate.pem" "$own/key.pem" 'secrets/tls' || judged=
  fi
}
