import { at, type Case, tree, web } from './written.ts'

/** What is no JSON, or has keys that there are not. */
export const json: readonly Case[] = [
  ['', 'syntax', 'swarm.json:1:1: expected a value, got the end of the file'],
  ['{ "app_name": "a", "services": [] }', 'missing', 'swarm.json:1:1: it has no component: an app needs one'],
  [
    '{}',
    'missing',
    'swarm.json:1 app_name: expected a name of letters, digits, "-", "_" and ".", got nothing',
    'swarm.json:1 services: expected a list of services, got nothing',
  ],
  ['{ "app_name": "a",\n  "services": [ }', 'syntax', 'swarm.json:2:17: expected a value, got }'],
  ['{ "app_name" "a" }', 'syntax', 'swarm.json:1:14: expected ":" after the key "app_name", got "a"'],
  ["{ 'app_name': 1 }", 'syntax', "swarm.json:1:3: expected a key in double quotes, got 'app_name'"],
  [
    '{ "app_name": \'a\' }',
    'syntax',
    'swarm.json:1:15: expected a value for "app_name", got \'a\': JSON takes double quotes',
  ],
  [
    '{ "app_name": // no\n "a" }',
    'syntax',
    'swarm.json:1:15: expected a value for "app_name", got //: JSON has no comments',
  ],
  [
    '{ "app_name": "a',
    'syntax',
    'swarm.json:1:15: the text that begins here has no closing quote on its line',
  ],
  [
    '{ "app_name": "a\\d" }',
    'syntax',
    'swarm.json:1:15: the text that begins here has \\d, which JSON does not know: a backslash is \\\\',
  ],
  [
    '{ "app_name": "a",\n  "services": []',
    'syntax',
    'swarm.json:2:17: expected "," or "}", got the end: "{" of 1:1 is still open',
  ],
  ['{ "app_name": "a", "services": [] } }', 'syntax', 'swarm.json:1:37: expected the end of the file, got }'],
  ['{ "app_name": "a"\n  "services": [] }', 'syntax', 'swarm.json:2:3: expected "," or "}", got "services"'],
  [
    '{ "app_name": 007, "services": [] }',
    'syntax',
    'swarm.json:1:15: expected a value for "app_name", got 007',
  ],
  [`${'['.repeat(101)}`, 'syntax', 'swarm.json:1:101: nested more than 100 deep'],
  [
    '{ "app_name": "a", "services": [],\n  "appName": "b" }',
    'duplicate-key',
    'swarm.json:2:3: "appName" and "app_name" are the same key',
  ],
  [
    web('"scaling_polcy": {}'),
    'unknown-key',
    `${at}/scaling_polcy: there is no such key: did you mean "scaling_policy"?`,
  ],
  [
    web('"health": { "probe": "x" }'),
    'unknown-key',
    `${at}/health/probe: there is no such key: the keys here are command, path, port, interval, timeout, retries, start_period, start_interval`,
  ],
  [
    web('').replace('"image": "redis", ', ''),
    'missing',
    'swarm.json:3 services/s/components/redis/image: expected an image, such as "shop/web:1.2" or "registry.example.com/shop/web:1.2", got nothing',
  ],
  [
    web('"dependencies": [ { "name": "redis" } ]'),
    'missing',
    `${at}/dependencies/redis/port: expected a port from 1 to 65535, such as 8080 or "8080/tcp", got nothing`,
  ],
  [
    tree('"web": { "ports": 80 }'),
    'missing',
    'swarm.json:2 components/web/image: expected an image, got nothing',
  ],
]
