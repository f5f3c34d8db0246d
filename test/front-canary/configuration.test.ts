import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { botPattern } from '../../kit/canary/visitor.ts'
import { visitorCookiePattern } from '../../kit/canary/visitor-cookie.ts'

const folder = join(import.meta.dirname, '../../nginx/conf')
const files = new Map(
  globSync('**/*.conf', { cwd: folder }).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
)
const canary = files.get('canary/http.conf') ?? ''
const balancer = readFileSync(join(folder, '../../haproxy/haproxy.cfg'), 'utf8')

test('nginx knows bots and cookies by the expressions of the kit', () => {
  // Nothing at all is found by its letters: an expression that may match it would be tried at each letter.
  const named = botPattern.replace(/\|\^\$$/, '')
  assert.notEqual(named, botPattern)
  assert.ok(canary.includes(`""        1;\n  "~*${named}"   1;`))
  const cookie = visitorCookiePattern.slice(1, -1)
  assert.equal(`^${cookie}$`, visitorCookiePattern)
  assert.ok(canary.includes(`"~(?:^|; *)__Host-side=${cookie}(?:;|$)"`))
})

test('wherever headers for the app are named anew, nginx says the side and no client does', () => {
  const naming = [...files].filter(([, text]) => /^\s*proxy_set_header /m.test(text)).map(([name]) => name)
  assert.deepEqual(naming.sort(), [
    'canary/header.conf',
    'control.conf',
    'forwarded.conf',
    'kept.conf',
    'own.conf',
    'proxy.conf',
  ])
  for (const name of ['control.conf', 'kept.conf', 'own.conf', 'proxy.conf'])
    assert.match(files.get(name) ?? '', /^\s*include conf\/forwarded\.conf;$/m, name)
  assert.match(
    files.get('forwarded.conf') ?? '',
    /^proxy_set_header X-Side "";\ninclude \/tmp\/canary\/header\*\.conf;$/m,
  )
})

test('what is for a canary is read from where it is written, and nowhere else', () => {
  const read = [...files].flatMap(([name, text]) =>
    name.startsWith('canary/')
      ? []
      : [...text.matchAll(/include \/tmp\/canary\/(\w+)\*\.conf;/g)].map(([, part]) => part),
  )
  const swarm = readFileSync(join(folder, '../swarm.conf'), 'utf8')
  const all = [...read, ...[...swarm.matchAll(/\/tmp\/canary\/(\w+)\*\.conf;/g)].map(([, part]) => part)]
  const written = [...files.keys()].flatMap((name) => /^canary\/(\w+)\.conf$/.exec(name)?.[1] ?? [])
  assert.deepEqual(all.sort(), written.sort())
  for (const [name, text] of files)
    if (!name.startsWith('canary/')) assert.doesNotMatch(text, /conf\/canary\/.*conf;/, name)
})

test('what is asked of the other side for want of an asset counts for neither, and gets there', () => {
  const saidIn = (acl: string) =>
    new RegExp(`^  acl ${acl} req\\.fhdr\\(X-Side\\) -m str (.+)$`, 'm').exec(balancer)?.[1]?.split(' ') ?? []
  const [, map = ''] = /^map \$is_bot\$side \$other_side \{\n([^}]+)\}/m.exec(canary) ?? []
  const others = [...map.matchAll(/ (\S+);$/gm)].map(([, value]) => value?.replace('""', '') ?? '')
  assert.deepEqual(saidIn('counts'), ['canary', 'old'])
  assert.deepEqual(new Set(others), new Set(['', 'canary-uncounted']))
  assert.deepEqual(saidIn('for-canary'), ['canary', 'canary-uncounted'])
})
