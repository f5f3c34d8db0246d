#!/bin/bash
# Checks the configuration of this image, then puts it and all files where the running nginx reads them: in the folder
# PUBLISHED.
# With --stage they only lie there beside those in use. Whatever ends it, what is in use is whole.
set -eu
nginx -t -q -e stderr -c "/etc/nginx/${CONFIGURATION:=production.conf}"
version=$(find "/etc/nginx/$CONFIGURATION" /etc/nginx/conf /srv/image/content -type f -print0 |
  sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16)
cd "${PUBLISHED:-/published}"
# A new volume begins as the folder of the image it is mounted over: with links to the image's own files.
for link in static content; do
  case "$(readlink $link)" in /srv/image/*) rm $link ;; esac
done
mkdir -p static versions

# A name of a static file holds its hash: those of older releases stay for pages that are still open.
# A copy that is cut off must not keep the name, so each file comes whole, by a link.
rm -rf incoming
mkdir incoming
cp -R /srv/image/static incoming/static
(cd incoming/static && find . -type d -print0) | (cd static && xargs -0 mkdir -p)
(cd incoming/static && find . -type f -exec \
  bash -c 'for file; do [ -e "../../static/$file" ] || ln "$file" "../../static/$file"; done' _ {} +)

if [ ! -e "versions/$version" ]; then
  mkdir incoming/version incoming/version/nginx
  cp -R "/etc/nginx/$CONFIGURATION" /etc/nginx/conf incoming/version/nginx/
  cp -R /srv/image/content incoming/version/
  mv incoming/version "versions/$version"
fi
rm -rf incoming
echo "published $version"
[ "${1:-}" != --stage ] || exit 0

# One rename changes both, so that no visitor comes between.
[ -L nginx ] || ln -s release/nginx nginx
[ -L content ] || ln -s release/content content
before=$(readlink release || true)
rm -f release.new
ln -s "versions/$version" release.new
mv -T release.new release
for old in versions/*; do
  [ "$old" = "versions/$version" ] || [ "$old" = "$before" ] || rm -rf "$old"
done

# A file's time of access, which nginx cannot change on a volume it only reads, is when it was last in use: now for
# those of the release that goes, too.
if [ -e in-use ]; then (cd static && xargs -0 -r touch -ac -- <../in-use); else find static -type f -exec touch -a {} +; fi
(cd /srv/image/static && find . -type f -print0) >in-use.new
mv in-use.new in-use
(cd static && xargs -0 -r touch -a -- <../in-use)
find static -type f -atime +90 -delete
