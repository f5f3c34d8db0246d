import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { completeSecrets, newSecrets } from '../../kit/secrets/production-secrets.ts'
import { hashesIn, passwordHash, storeNames } from '../../kit/secrets/redis-users.ts'
import { retire, rotate } from '../../kit/secrets/rotate.ts'

const root = join(import.meta.dirname, '../..')
const lineOf = (acl: string | undefined, user: string): string =>
  acl?.split('\n').find((line) => line.startsWith(`user ${user} `)) ?? ''
const passwordIn = (url = ''): string => new URL(url).password

test('an ACL file holds hashes, never a password', () => {
  const secrets = newSecrets()
  const password = passwordIn(secrets.sessions_url)
  assert.deepEqual(hashesIn(secrets.redissessions_acl ?? '').webapp, [passwordHash(password)])
  for (const store of storeNames) assert.doesNotMatch(secrets[`${store}_acl`] ?? '', new RegExp(password))
})

test('whoever has no password may ask whether a Redis is there, and nothing else', () => {
  for (const store of storeNames) {
    const acl = newSecrets()[`${store}_acl`]
    assert.equal(lineOf(acl, 'health'), 'user health on nopass resetkeys resetchannels -@all +ping')
    assert.match(lineOf(acl, 'default'), /^user default off resetpass /)
    assert.equal(acl?.match(/ nopass /g)?.length, 1)
  }
})

test('no part of the site may do what empties a store, sets it up, or looks at all its keys at once', () => {
  const dangerous =
    /\+(?:@\w+|flush\w*|config|keys|acl|monitor|shutdown|debug|module|replicaof|save|swapdb|client)(?: |$)/
  for (const store of storeNames) {
    for (const user of ['webapp', 'worker']) {
      const line = lineOf(newSecrets()[`${store}_acl`], user)
      assert.doesNotMatch(line, dangerous)
      assert.doesNotMatch(line, / ~\* /)
    }
  }
})

test('every command in a script of BullMQ or of the site is allowed to its user', () => {
  const called = (folder: string, pattern: RegExp): Set<string> =>
    new Set(
      globSync(`${folder}/**/*.{lua,ts}`, { cwd: root }).flatMap((file) =>
        [...readFileSync(join(root, file), 'utf8').matchAll(pattern)].map(([, name = '']) =>
          name.toLowerCase(),
        ),
      ),
    )
  const secrets = newSecrets()
  const scripts = [
    [
      'node_modules/bullmq/dist/cjs/commands',
      /rcall\(\s*["'](\w+)["']/g,
      'redisqueue_acl',
      ['webapp', 'worker'],
    ],
    ['app/invites', /redis\.p?call\('(\w+)'/g, 'redisqueue_acl', ['webapp', 'worker']],
    ['app/cache', /redis\.p?call\('(\w+)'/g, 'rediscache_acl', ['webapp']],
  ] as const
  for (const [folder, pattern, acl, users] of scripts) {
    const commands = called(folder, pattern)
    assert.ok(commands.size > 3, folder)
    for (const user of users)
      for (const command of commands)
        assert.match(lineOf(secrets[acl], user), new RegExp(`\\+${command}(?: |$)`))
  }
})

test('rules that changed with a release are written again, and passwords stay', () => {
  const before = newSecrets()
  const older = { ...before, redisqueue_acl: (before.redisqueue_acl ?? '').replace(' +bzpopmin', '') }
  assert.deepEqual(completeSecrets(older), before)
})

test('a new password of a Redis and the one before are valid, until that is retired', () => {
  const before = newSecrets()
  const rotated = rotate(before, 'redisqueue')
  const passwords = [rotated, before].map(({ worker_queue_url }) => passwordIn(worker_queue_url))
  assert.deepEqual(hashesIn(rotated.redisqueue_acl ?? '').worker, passwords.map(passwordHash))
  assert.deepEqual(hashesIn(rotated.redisqueue_acl ?? '').admin?.length, 1)
  const retired = retire(rotated, 'redisqueue')
  assert.deepEqual(hashesIn(retired.redisqueue_acl ?? '').worker, passwords.slice(0, 1).map(passwordHash))
  assert.equal(retired.sessions_url, before.sessions_url)
})

test("the operators' password is one for all stores, and retired in all", () => {
  const before = newSecrets()
  const rotated = rotate(before, 'redis_admin')
  const newest = passwordHash(rotated.redis_admin ?? '')
  for (const store of storeNames) {
    const hashes = (secrets: Readonly<Record<string, string>>) => hashesIn(secrets[`${store}_acl`] ?? '')
    assert.deepEqual(hashes(rotated).admin, [newest, passwordHash(before.redis_admin ?? '')])
    assert.deepEqual(hashes(retire(rotated, 'redis_admin')), { ...hashes(before), admin: [newest] })
  }
})
