#!/bin/bash
# Checks the configuration of this image, then puts it where the running HAProxy reads it at a reload: /published.
# With --stage it only lies there beside the one in use, for the running HAProxy to check. Whatever ends it, the one in
# use is whole.
set -eu
haproxy -c -f /srv/balancer/current/haproxy.cfg
cd /published
mkdir -p versions
before=$(readlink current || true)
for old in versions/*; do
  [ "$old" = "$before" ] || rm -rf "$old"
done
version=$(mktemp -d versions/XXXXXXXX)
cp -R /srv/balancer/current/. "$version"
chmod 755 "$version"
rm -rf new
ln -s "$version" new
[ "${1:-}" != --stage ] || exit 0
# A volume that was filled from the image has a folder there, which no rename can replace.
[ -L current ] || [ ! -d current ] || mv current versions/image
mv -T new current
