#!/bin/bash
# Puts the configuration of a split where nginx reads it: `take-split WORD CONFIGURATION [PROMOTED]`, the last being the id
# of a canary whose pages are those of the old version by now. Exit 1, and all is as before, where the word or what is made of
# it is refused.
set -u
word=$1 configuration=$2 promoted=${3-}
place=/tmp/canary

# A rename, so that whoever has nginx read its configuration meanwhile meets the one or the other.
link() {
  ln -s "$1" $place.new && mv -T $place.new $place
}

before=$(readlink $place)
folder=$(mktemp -d /tmp/split.XXXXXX)
if write-split "$word" "$promoted" >"$folder/split.conf"; then
  # Without a canary nothing of it is configured.
  if [ -s "$folder/split.conf" ]; then
    cp "${configuration%/*}"/conf/canary/*.conf "$folder"
  elif [ -n "$promoted" ]; then
    echo "proxy_cache_key $promoted~\$preferred_encoding\$path_only;" >"$folder/server.conf"
  fi
  link "$folder"
  if nginx -t -q -e stderr -c "$configuration"; then
    rm -rf "$before"
    exit 0
  fi
  if [ -n "$before" ]; then link "$before"; else rm $place; fi
fi
rm -rf "$folder"
exit 1
