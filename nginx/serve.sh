#!/bin/bash
# nginx on a node of a swarm: publishes the files of its image into the volume of the node, where those of the release
# before are still asked for, and serves them. WEBAPP_HERE is the name of the balancer on this node, which also says who gets a
# canary.
set -eu
export CONFIGURATION=swarm.conf PUBLISHED=/srv/front SPLIT_FROM=$WEBAPP_HERE:8404

# No request leaves the node to be passed on, so none waits for a node that is gone. The balancers of the others are
# asked while there is none here.
cat >/tmp/webapp.conf <<CONF
upstream webapp {
  zone webapp 256k;
  server $WEBAPP_HERE:8000 resolve max_fails=1 fail_timeout=1s;
  server webapp:8000 resolve backup max_fails=1 fail_timeout=1s;
  keepalive 64;
  keepalive_timeout 30s;
}
CONF

# The API of the swarm's control is at the address of the site, too.
echo 'include conf/control.conf;' >/tmp/of-swarm.conf

publish
exec front
