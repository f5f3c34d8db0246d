import { at, type Case, tree, web } from './written.ts'

/** Values that are not what their keys take. */
export const values: readonly Case[] = [
  ['[]', 'value', 'swarm.json:1:1: expected an object with `app_name` and `services`, got an empty list'],
  [
    web('"scaling_policy": { "min": 0 }'),
    'value',
    `${at}/scaling_policy/min: expected a whole number of 1 or more, got 0`,
  ],
  [
    web('"scaling_policy": { "min": "two" }'),
    'value',
    `${at}/scaling_policy/min: expected a whole number of 1 or more, got "two"`,
  ],
  [
    web('"scaling_policy": { "placement": "anywhere" }'),
    'value',
    `${at}/scaling_policy/placement: expected "simple" or "one-per-machine", got "anywhere"`,
  ],
  [
    web('"ports": [8000, "http"]'),
    'value',
    `${at}/ports/1: expected a port from 1 to 65535, such as 8080 or "8080/tcp", got "http"`,
  ],
  [
    web('"ports": 70000'),
    'value',
    `${at}/ports: expected a port from 1 to 65535, such as 8080 or "8080/tcp", got 70000`,
  ],
  [
    web('"ports": ["80/sctp"]'),
    'value',
    `${at}/ports/0: expected a port from 1 to 65535, such as 8080 or "8080/tcp", got "80/sctp"`,
  ],
  [
    web('"env": "A=b"'),
    'value',
    `${at}/env: expected an object of names and values, or a list of "NAME=value", got "A=b"`,
  ],
  [
    web('"env": { "A": { "B": 1 } }'),
    'value',
    `${at}/env/A: expected text, a number, or true or false, got an object`,
  ],
  [web('"env": [ "A=b", 7 ]'), 'value', `${at}/env/1: expected "NAME=value", got 7`],
  [
    web('"domains": { "http://x.example.com": 80 }'),
    'value',
    `${at}/domains/http://x.example.com: expected a domain, such as "www.example.com" or "www.example.com:443", got "http://x.example.com"`,
  ],
  [
    web('"domains": "x.example.com"'),
    'value',
    `${at}/domains: expected an object of domains and their ports, such as {"www.example.com": 8080}, got "x.example.com"`,
  ],
  [
    web('"dependencies": [ { "name": "redis", "port": 6379, "alias": "my redis" } ]'),
    'value',
    `${at}/dependencies/redis/alias: expected a host name, got "my redis"`,
  ],
  [
    web('"volumes": [ { "path": "data", "size": "5 GB" } ]'),
    'value',
    `${at}/volumes/0/path: expected an absolute path, such as "/data", got "data"`,
  ],
  [
    web('"volumes": [ { "path": "/data", "size": "5 apples" } ]'),
    'value',
    `${at}/volumes/0/size: expected a size such as "5 GB", got "5 apples"`,
  ],
  [
    web('').replace('"example/web"', '{}'),
    'value',
    `${at}/image: expected an image, such as "shop/web:1.2" or "registry.example.com/shop/web:1.2", got an object`,
  ],
  [
    web('"args": "echo \'never closed"'),
    'value',
    `${at}/args: expected a command line, got "echo 'never closed"`,
  ],
  [
    web('"health": { "interval": "soon" }'),
    'value',
    `${at}/health/interval: expected a duration such as "500ms", "10s" or "1m30s", got "soon"`,
  ],
  [
    web('"secrets": [ "a key" ]'),
    'value',
    `${at}/secrets/0: expected a name of letters, digits, "-", "_" and ".", got "a key"`,
  ],
  [
    web('"configs": { "app.conf": "a" }'),
    'value',
    `${at}: expected an absolute path for a config, got "app.conf"`,
  ],
  [
    web('"limits": { "cpus": 0 }'),
    'value',
    `${at}/limits/cpus: expected a number of cores above 0, such as 0.5, got 0`,
  ],
  [
    web('"update": "blue-green"'),
    'value',
    `${at}/update: expected "one-by-one" or "all-at-once" or "hot-swap", got "blue-green"`,
  ],
  [
    web('"schedule": "0 25 * * *"'),
    'value',
    `${at}/schedule: expected "manual", or times in UTC as cron has them: minute, hour, day, month, weekday, such as "0 3 * * 1-5", got "0 25 * * *"`,
  ],
  [web('"contained": "maybe"'), 'value', `${at}/contained: expected true or false, got "maybe"`],
  [
    web('"env": { "$what": 1 }'),
    'undefined-variable',
    `${at}/env: expected a key, got "$what" (undefined in giantswarm/testing)`,
  ],
  [
    web('"args": [ "--host=$host-$port" ]'),
    'undefined-variable',
    `${at}/args/0: expected text, got "--host=$host-$port" ($host and $port are undefined in giantswarm/testing)`,
  ],
  [
    tree('"web/": { "image": "a" }'),
    'value',
    'swarm.json:2 components/web/: expected a name of letters, digits, "-", "_" and ".", with "/" between parent and child, got "web/"',
  ],
  [
    tree('"a": { "image": "a", "pod": "parents" }'),
    'value',
    'swarm.json:2 components/a/pod: expected "none" or "children" or "inherit", got "parents"',
  ],
]
