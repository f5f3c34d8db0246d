import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import express from 'express'
import { ConfigError, readConfig } from '../../app/config/read.ts'

const secret = 'a'.repeat(32)
const production = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://www.example.com',
  RELEASE: '7',
  CACHE_URL: 'redis://rediscache:6379',
  SESSIONS_URL: 'redis://redissessions:6379',
  SESSION_SECRETS: secret,
  QUEUE_URL: 'redis://redisqueue:6379',
  SIGNUP_SECRETS: secret,
  ACCOUNTS_URL: 'https://accounts.example.com',
  ACCOUNTS_TOKEN: 'a token',
  MAIL_URL: 'smtp://mail.example.com',
  MAIL_FROM: 'Dogfood <hello@example.com>',
}

const faultsOf = (environment: Record<string, string>): readonly string[] => {
  try {
    readConfig(environment)
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
  return []
}

test('development needs no setting at all', () => {
  const config = readConfig({})
  assert.deepEqual([config.environment, config.cacheUrl, config.port], ['development', 'memory:', 8000])
})

test('variables override what the environment inherits', () => {
  const config = readConfig({ PORT: '9000', DRAFTS: 'false', DRAIN_SECONDS: '1.5' })
  assert.deepEqual([config.port, config.drafts, config.drainSeconds], [9000, false, 1.5])
})

test('canonical links follow the port where no address is given', () => {
  assert.equal(readConfig({ PORT: '9000' }).publicUrl, 'http://localhost:9000')
  assert.equal(readConfig({ PORT: '9000', PUBLIC_URL: 'http://x.test' }).publicUrl, 'http://x.test')
  assert.equal(readConfig({ ...production, PORT: '9000' }).publicUrl, production.PUBLIC_URL)
})

test('every fault is reported at once, by name and with the expected form', () => {
  const faults = faultsOf({ NODE_ENV: 'production', PORT: '80x', CACHE_URL: 'http://x', LOG_LEVEL: 'loud' })
  assert.deepEqual(faults, [
    'PORT: expected a whole number from 0 to 65535, got "80x"',
    'PUBLIC_URL: missing, expected a web address without a path, such as https://www.example.com',
    'RELEASE: missing, expected a text that is not empty',
    'LOG_LEVEL: expected one of trace, debug, info, warn, error, fatal, silent, got "loud"',
    'CACHE_URL: expected redis://HOST:PORT, rediss://HOST:PORT or memory:, got something else',
    'SESSIONS_URL: missing, expected redis://HOST:PORT, rediss://HOST:PORT or memory:',
    'SESSION_SECRETS: missing, expected secrets of 32 characters or more, newest first, with white space between',
    'QUEUE_URL: missing, expected redis://HOST:PORT, rediss://HOST:PORT or memory:',
    'SIGNUP_SECRETS: missing, expected secrets of 32 characters or more, newest first, with white space between',
    'ACCOUNTS_URL: missing, expected a web address without a path, such as https://www.example.com',
    'ACCOUNTS_TOKEN: missing, expected a text that is not empty',
    'MAIL_URL: missing, expected smtp://HOST:PORT, smtps://USER:PASSWORD@HOST or outbox:',
    'MAIL_FROM: missing, expected an address, or a name and the address such as Dogfood <hello@example.com>',
  ])
})

test('production refuses stores in memory', () => {
  const memory = { CACHE_URL: 'memory:', SESSIONS_URL: 'memory:', QUEUE_URL: 'memory:' }
  assert.deepEqual(faultsOf({ ...production, ...memory }), [
    'CACHE_URL: production refuses memory:, expected redis://HOST:PORT',
    'SESSIONS_URL: production refuses memory:, expected redis://HOST:PORT',
    'QUEUE_URL: production refuses memory:, expected redis://HOST:PORT',
  ])
})

test('outside systems are web addresses, a mail server, or the outbox', () => {
  const outbox = readConfig({ ...production, CRM_URL: 'outbox:', MAIL_URL: 'outbox:' })
  assert.deepEqual([outbox.crmUrl, outbox.mailUrl], ['outbox:', 'outbox:'])
  assert.equal(
    readConfig({ ...production, CRM_URL: 'https://api.hubapi.com' }).crmUrl,
    'https://api.hubapi.com',
  )
  const wrong = faultsOf({ ...production, CRM_URL: 'file:x', MAIL_URL: 'http://:hunter2@mail' })
  assert.equal(wrong.length, 2)
  assert.match(wrong[0] ?? '', /^CRM_URL: expected a web address without a path.* or outbox:/)
  assert.doesNotMatch(wrong.join(), /hunter2/)
})

test('mail is from one sender', () => {
  for (const MAIL_FROM of ['hello@example.com', 'Dogfood <hello@example.com>'])
    assert.equal(readConfig({ MAIL_FROM }).mailFrom, MAIL_FROM)
  for (const MAIL_FROM of ['Dogfood', 'a@x.test, b@x.test', 'A <a@x.test> b', 'A\nBcc: <a@x.test>'])
    assert.equal(faultsOf({ MAIL_FROM }).length, 1, MAIL_FROM)
})

test('operators are lines of a name and a hash; a line of another form is a fault that prints none of it', () => {
  const hash = `scrypt$131072$8$1$${'s'.repeat(22)}$${'h'.repeat(43)}`
  const { operators } = readConfig({ ...production, OPERATORS: `# who\n\nann:${hash}\nbob:${hash}\n` })
  assert.deepEqual(operators, [
    { name: 'ann', passwordHash: hash },
    { name: 'bob', passwordHash: hash },
  ])
  const faults = faultsOf({ ...production, OPERATORS: 'ann:hunter2' })
  assert.equal(faults.length, 1)
  assert.doesNotMatch(faults.join(), /hunter2/)
})

test('a wrong store is refused without printing its password', () => {
  const url = 'http://:hunter2@redis:6379'
  const faults = faultsOf({ ...production, CACHE_URL: url, SESSIONS_URL: url })
  assert.equal(faults.length, 2)
  assert.doesNotMatch(faults.join(), /hunter2/)
})

test('trusted proxies are what Express can trust, and anything else is a fault among the others', () => {
  const good = ['loopback', 'loopback, uniquelocal', '10.0.0.1,fe80::1', '10.0.0.0/8, fd00::/8', '::1/128']
  for (const TRUST_PROXY of good) {
    assert.equal(readConfig({ TRUST_PROXY }).trustProxy, TRUST_PROXY)
    assert.doesNotThrow(() => express().set('trust proxy', TRUST_PROXY), TRUST_PROXY)
  }
  const bad = ['foo', 'true', '1', 'loopback,', '10.0.0.0/33', '10.0.0.0/0', '10.0.0.0/8/8', 'fd00::/129']
  for (const TRUST_PROXY of bad) {
    assert.deepEqual(faultsOf({ PORT: 'x', TRUST_PROXY }), [
      'PORT: expected a whole number from 0 to 65535, got "x"',
      'TRUST_PROXY: expected a comma-separated list of loopback, linklocal, uniquelocal, ' +
        `IP addresses or ranges such as 10.0.0.0/8, got "${TRUST_PROXY}"`,
    ])
  }
})

test('a short secret is refused and never printed', () => {
  const faults = faultsOf({ ...production, SESSION_SECRETS: `${secret} hunter2` })
  assert.equal(faults.length, 1)
  assert.doesNotMatch(faults.join(), /hunter2/)
})

test('an unknown NODE_ENV names the known ones', () => {
  assert.deepEqual(faultsOf({ NODE_ENV: 'prod' }), [
    'NODE_ENV: expected one of development, production, test, got "prod"',
  ])
})

test('NAME_FILE reads a secret from a file', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'dogfood-')), 'secrets')
  writeFileSync(file, `${'n'.repeat(32)}\n${secret}\n`)
  const { SESSION_SECRETS: _, ...rest } = production
  assert.deepEqual(readConfig({ ...rest, SESSION_SECRETS_FILE: file }).sessionSecrets, [
    'n'.repeat(32),
    secret,
  ])
  assert.match(faultsOf({ ...production, SESSION_SECRETS_FILE: file }).join(), /SESSION_SECRETS is set too/)
  assert.match(
    faultsOf({ ...rest, SESSION_SECRETS_FILE: '/nowhere' }).join(),
    /SESSION_SECRETS_FILE: cannot read/,
  )
})

test('an empty NAME_FILE counts as not set, so that a Compose file can take back what it inherits', () => {
  assert.deepEqual(faultsOf({ ...production, SESSION_SECRETS_FILE: '' }), [])
  const { SESSION_SECRETS: _, ...rest } = production
  assert.match(faultsOf({ ...rest, SESSION_SECRETS_FILE: '' }).join(), /^SESSION_SECRETS: missing/)
})

const root = join(import.meta.dirname, '../..')

test('docker compose passes on the wish to look for changes by polling', () => {
  const compose = readFileSync(join(root, 'docker-compose.yml'), 'utf8')
  assert.match(compose, /^ {6}WATCH_BY_POLLING: \$\{WATCH_BY_POLLING:-false\}$/m)
})
