#!/bin/bash
# Prints nginx's part of a canary, from the word that balancers have of it: `write-split WORD [PROMOTED]`. wordOf in
# kit/control/word.ts makes the word; PROMOTED is the id of a canary whose pages are those of the old version by now.
# Nothing where nobody may get the canary. All of it ends in configuration: what is not of that form to the letter is
# refused, exit 1.
set -u
# Ranges of letters are those of ASCII.
LC_ALL=C
word=${1-} promoted=${2:+$2~}

octet='(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])'
# Of IPv6 the letters are enough: nginx refuses what is no address.
network="($octet\.$octet\.$octet\.$octet|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)(/[0-9]{1,3})?"
pair='(cookie:[A-Za-z0-9_]{1,64}|header:[A-Za-z0-9-]{1,64})=[A-Za-z0-9._-]{1,64}'
rule="($network|$pair)"

[[ $promoted =~ ^([A-Za-z0-9-]{1,32}~)?$ ]] || exit 1
[ "$word" != none ] || exit 0
[ ${#word} -le 2048 ] || exit 1
[[ $word =~ ^1~[1-9][0-9]{0,14}~([A-Za-z0-9-]{1,32})~([0-9]{1,3})(\.[0-9]{1,2})?~([A-Za-z0-9]{1,64})~([^~]*)$ ]] || exit 1
id=${BASH_REMATCH[1]} whole=${BASH_REMATCH[2]} fraction=${BASH_REMATCH[3]#.}00 salt=${BASH_REMATCH[4]}
allowed=${BASH_REMATCH[5]}
[[ $allowed =~ ^($rule(,$rule)*)?$ ]] || exit 1
# A tester who sends `old` stays with the old version.
[[ ! $allowed =~ =old(,|$) ]] || exit 1
fraction=${fraction:0:2}
hundredths=$((10#$whole * 100 + 10#$fraction))
[ $hundredths -le 10000 ] || exit 1
# Of a canary that was promoted.
[ "$salt" != promoted ] || { [ "$hundredths$allowed" = 0 ] && exit 0; } || exit 1
# It is under way, so it was not promoted: both sides would have the same pages.
[ "$promoted" != "$id~" ] || exit 1
[ $hundredths -gt 0 ] || [ -n "$allowed" ] || exit 0
IFS=, read -ra rules <<<"$allowed"

# Before 1.31.2 nginx leaves the greatest hash out of 100%, and for 0 it has no part.
# Whoever brings an id, and who is named by the request.
share_of() {
  echo "split_clients \"$salt\$$1\" \$$2 {"
  [ $hundredths -eq 0 ] || [ $hundredths -eq 10000 ] || echo "  $whole.$fraction% canary;"
  [ $hundredths -eq 10000 ] && echo '  * canary;' || echo '  * old;'
  echo '}'
}
share_of visitor_id side_of_known
share_of request_id side_of_request

[ "$fraction" = 00 ] && share=$whole || share=$whole.$fraction
echo "map \$side \$side_told { default \"side;desc=old, share;desc=$share\"; canary \"side;desc=canary, share;desc=$share\"; }"
# Pages of a canary go with it: the next one has another id.
echo "map \$side \$side_key { default \"$promoted\"; canary $id~; }"
echo "map \"\" \$canary_id { default $id; }"
echo "map \"\" \$canary_salt { default $salt; }"
echo "secure_link_md5 \"\$visitor_id $salt\";"
echo "map \$http_cookie \$pinned_side { default \"\"; \"~(?:^|; *)__Host-side-pin=$id[.](?<pin>canary|old)(?:;|\$)\" \$pin; }"

echo 'geo $is_allowed {'
for rule in "${rules[@]}"; do
  [[ $rule == *=* ]] || echo "  $rule 1;"
done
echo '}'

# Of a map only expressions tell small letters from capital ones.
wishes=
for at in "${!rules[@]}"; do
  [[ ${rules[at]} =~ ^(cookie|header):(.*)=(.*)$ ]] || continue
  source=${BASH_REMATCH[1]/header/http}_${BASH_REMATCH[2]//-/_} value=${BASH_REMATCH[3]//./[.]}
  echo "map \$$source \$wish_$at { default \"\"; ~^old\$ old; ~^$value\$ canary; }"
  wishes+="\$wish_$at"
done
echo "map \"$wishes\" \$wished_side { default \"\"; ~old old; ~canary canary; }"
