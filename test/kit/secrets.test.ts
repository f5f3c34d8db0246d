import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'

const command = join(import.meta.dirname, '../../kit/secrets.ts')
const folder = () => join(mkdtempSync(join(tmpdir(), 'dogfood-secrets-')), 'secrets')

function secrets(...args: string[]): { exit: number | null; out: string; errors: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { encoding: 'utf8' })
  return { exit: status, out: stdout, errors: stderr }
}

const filesIn = (place: string): string[] => readdirSync(place).filter((name) => name !== 'tls')
const all = (place: string): Record<string, string> =>
  Object.fromEntries(filesIn(place).map((name) => [name, readFileSync(join(place, name), 'utf8')]))
const mode = (path: string): number => statSync(path).mode & 0o777

test('makes what is missing, behind a folder that only its owner enters', () => {
  const place = folder()
  const { exit, out } = secrets(place)
  assert.equal(exit, 0)
  assert.match(out, /^made .*session_secrets$/m)
  assert.equal(mode(place), 0o700)
  for (const name of filesIn(place)) assert.equal(mode(join(place, name)), 0o444, name)
  assert.match(all(place).session_secrets ?? '', /^[0-9a-f]{64}$/)
})

test('makes what docker-compose.prod.yml names, and nothing else', () => {
  const place = folder()
  secrets(place)
  const compose = readFileSync(join(import.meta.dirname, '../../docker-compose.prod.yml'), 'utf8')
  const named = [...compose.matchAll(/file: '\.\/secrets\/(\w+)'/g)].map(([, name]) => name)
  assert.deepEqual(filesIn(place).sort(), named.sort())
})

test('changes nothing that is there', () => {
  const place = folder()
  secrets(place)
  const before = all(place)
  const { out } = secrets(place)
  assert.match(out, /^Nothing to do/)
  assert.deepEqual(all(place), before)
})

test('no two secrets are the same, and none is that of another site', () => {
  const [one, other] = [folder(), folder()]
  for (const place of [one, other]) secrets(place)
  const random = [...Object.values(all(one)), ...Object.values(all(other))].flatMap(
    (text) => text.match(/(?<!#)\b[0-9a-f]{64}\b/g) ?? [],
  )
  assert.equal(new Set(random).size, random.length)
  assert.ok(random.length >= 14)
})

test('makes the folder for a certificate of your own, and leaves one that is there', () => {
  const place = folder()
  const tls = join(place, 'tls')
  secrets(place)
  assert.equal(mode(tls), 0o755)
  chmodSync(tls, 0o700)
  secrets(place)
  assert.equal(mode(tls), 0o700)
})

test('says what an operator has to fill in, and for what', () => {
  const place = folder()
  const { out } = secrets(place)
  for (const name of ['accounts_token', 'mail_url', 'crm_token', 'crm_webhook_secret', 'operators'])
    assert.match(out, new RegExp(`^fill in .*${name}: .{20,}$`, 'm'))
})

test('replaces one secret, and the one before stays valid until it is retired', () => {
  const place = folder()
  secrets(place)
  const before = all(place)
  assert.match(secrets(place, '--rotate', 'session_secrets').out, /^changed .*session_secrets$/m)
  const [newest = '', older] = (all(place).session_secrets ?? '').split('\n')
  assert.deepEqual([older, newest === before.session_secrets], [before.session_secrets, false])
  secrets(place, '--retire', 'session_secrets')
  assert.deepEqual(all(place), { ...before, session_secrets: newest })
})

test('a fault leaves everything as it is, and says what to do', () => {
  const place = folder()
  secrets(place)
  const before = all(place)
  const unknown = secrets(place, '--rotate', 'mail_url')
  assert.deepEqual([unknown.exit, all(place)], [1, before])
  assert.match(unknown.errors, /mail_url.*expected one of rediscache, .*signup_secrets/)
  rmSync(join(place, 'queue_url'))
  const lost = secrets(place)
  assert.equal(lost.exit, 1)
  assert.match(lost.errors, /queue_url is missing.*--rotate redisqueue/)
  mkdirSync(join(place, 'queue_url'))
  assert.match(secrets(place).errors, /queue_url is a folder: remove it/)
  rmSync(join(place, 'queue_url'), { recursive: true })
  assert.equal(secrets(place, '--rotate', 'redisqueue').exit, 0)
})

test('leaves alone what others keep in the folder', () => {
  const place = folder()
  mkdirSync(join(place, 'tls'), { recursive: true })
  assert.equal(secrets(place).exit, 0)
  assert.equal(mode(join(place, 'tls')), 0o755)
})
