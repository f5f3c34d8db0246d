import { at, type Case, tree, web } from './written.ts'

/** What does not go together. */
export const together: readonly Case[] = [
  [
    web('"scaling_policy": { "min": 3, "max": 2 }'),
    'conflict',
    `${at}/scaling_policy: "min" is 3, and "max" only 2`,
  ],
  [
    web('"ports": [8000], "domains": { "x.example.com": "80" }'),
    'unknown-port',
    `${at}/domains/x.example.com: port 80 is not one of the component's ports: it has 8000`,
  ],
  [
    web('"ports": ["53/udp"], "domains": { "x.example.com:53": "53/udp" }'),
    'conflict',
    `${at}/domains/x.example.com:53: visitors come over TCP: port 53/udp can be reached by components that depend on it`,
  ],
  [
    web(
      '"ports": [80], "domains": { "x": 80 } }, { "component_name": "other", "image": "b", "ports": [80], "domains": { "x": 80 }',
    ),
    'duplicate-name',
    'swarm.json:2 services/s/components/other/domains/x: x leads to s/web already, by port 80',
  ],
  [
    web('"dependencies": [ { "name": "rediss", "port": 6379 } ]'),
    'unknown-name',
    `${at}/dependencies/rediss: there is no component "rediss": did you mean "s/redis"?`,
  ],
  [
    web('"dependencies": [ { "name": "redis", "port": 6380 } ]'),
    'unknown-port',
    `${at}/dependencies/redis: "redis" has no port 6380: it has 6379`,
  ],
  [
    web('"dependencies": [ { "port": 6379 } ]'),
    'conflict',
    `${at}/dependencies/0: expected either "name" or "app"`,
  ],
  [
    web('"ports": 1, "dependencies": [ { "name": "web", "port": 1 } ]'),
    'cycle',
    `${at}/dependencies/web: a component can not depend on itself`,
  ],
  [
    web('"ports": 1, "dependencies": [ { "name": "redis", "port": 6379 } ]').replace(
      '[6379]',
      '[6379], "dependencies": [ { "name": "web", "port": 1 } ]',
    ),
    'cycle',
    `${at}: components depend on each other in a circle: s/web -> s/redis -> s/web`,
  ],
  [
    web(
      '"dependencies": [ { "name": "redis", "port": 6379, "alias": "db" }, { "name": "s/other", "port": 1, "alias": "db" } ] }, { "component_name": "other", "image": "b", "ports": 1',
    ),
    'duplicate-name',
    `${at}: two dependencies are named "db": give one an alias`,
  ],
  [
    web('').replace('"redis", "image"', '"web", "image"'),
    'duplicate-name',
    'swarm.json:3 services/s/components/web: there are two components "s/web": first on line 2',
  ],
  [
    '{ "app_name": "a", "services": [ { "service_name": "s", "components": [] },\n { "service_name": "s", "components": [] } ] }',
    'duplicate-name',
    'swarm.json:2 services/s: there are two services named "s"',
  ],
  [
    web('"volumes": [ { "path": "/data" }, { "path": "/data/" } ]'),
    'conflict',
    `${at}: two volumes have the path "/data" in it`,
  ],
  [
    web('"volumes": [ { "volumes-from": "redis" } ]'),
    'conflict',
    `${at}/volumes/0: volumes of "redis" can be had only in one pod with it: give both the same "pod"`,
  ],
  [
    web('"volumes": [ { "volumes-from": "data" } ]'),
    'unknown-name',
    `${at}/volumes/0: there is no component "data"`,
  ],
  [
    web('"volumes": [ { "volume-from": "redis" } ]'),
    'conflict',
    `${at}/volumes/0: "volume-from" needs "volume-path"`,
  ],
  [
    web('"pod": "p", "volumes": [ { "volume-from": "redis", "volume-path": "/x" } ]').replace(
      '[6379]',
      '[6379], "pod": "p"',
    ),
    'unknown-name',
    `${at}/volumes/0: "redis" has no volume with the path "/x"`,
  ],
  [
    web('"pod": "p", "ports": 6379').replace('[6379]', '[6379], "pod": "p"'),
    'conflict',
    'swarm.json:3 services/s/components/redis: port 6379 is that of s/web, too, which is in the same pod',
  ],
  [
    web('"pod": "p", "scaling_policy": { "min": 2 }').replace(
      '[6379]',
      '[6379], "pod": "p", "scaling_policy": { "min": 3 }',
    ),
    'conflict',
    'swarm.json:3 services/s/components/redis/scaling_policy: "min" is 3, and 2 for s/web in the same pod',
  ],
  [
    web('"health": { "path": "/ready" }'),
    'conflict',
    `${at}/health: "path" needs a port: the component has none`,
  ],
  [web('"secrets": [ "key", "key" ]'), 'conflict', `${at}: two secrets have the target "key"`],
  [
    web('"placement": "global", "scaling_policy": { "min": 2 }'),
    'conflict',
    `${at}/scaling_policy: a component that is "global" has one instance a machine: give no number`,
  ],
  [
    tree('"web": { "image": "a", "links": [ { "component": "db", "target_port": 1 } ] }'),
    'unknown-name',
    'swarm.json:2 components/web/links/db: there is no component "db"',
  ],
  [
    tree('"web": { "image": "a", "links": [ { "target_port": 1 } ] }'),
    'conflict',
    'swarm.json:2 components/web/links/0: expected either "component" or "service"',
  ],
  [
    tree(
      '"a": { "expose": [ { "port": 80, "component": "a/b", "target_port": 81 } ] }',
      '"a/b": { "image": "b", "ports": 8080 }',
    ),
    'unknown-port',
    'swarm.json:2 components/a/expose/0: "a/b" has no port 81',
  ],
  [
    tree(
      '"a": { "pod": "inherit" }',
      '"a/b": { "image": "b", "pod": "children" }',
      '"a/c": { "image": "c" }',
    ),
    'conflict',
    'swarm.json:3 components/a/b: it is in the pod of "a", and can have none of its own',
  ],
  [
    tree('"a": { "image": "a", "memory-limit": "1g", "limits": { "memory": "2g" } }'),
    'conflict',
    'swarm.json:2 components/a/limits: "memory" and "memory-limit" say the same: give one of them',
  ],
]
