import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import type { Config } from '../../app/config/config.ts'
import { readConfig } from '../../app/config/read.ts'
import { until } from '../until.ts'

const root = join(import.meta.dirname, '../..')

interface Started {
  readonly config: Config
  readonly printed: string
  /** What the address of the CRM answers. */
  readonly status: unknown
}

/** The configuration that a new process gets from the stand-ins, and what it printed. */
async function configWith(changes: Partial<Config>): Promise<Started> {
  const given = { ...readConfig({ NODE_ENV: 'development' }), ...changes }
  // Without an agent, no idle connection keeps the process.
  const program = `
    import { get } from 'node:http'
    import { startStandIns } from './standins/in-process.ts'
    const config = await startStandIns(JSON.parse(process.argv[1]))
    console.log(JSON.stringify({ config, status: await new Promise((resolve) =>
      get(config.crmUrl + '/healthz', { agent: false }, (answer) => resolve(answer.resume().statusCode))
        .on('error', resolve)) }))`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, JSON.stringify(given)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const printed = await text(child.stdout)
  return { printed, ...JSON.parse(printed.trim().split('\n').at(-1) ?? '') }
}

test('beside a site that knows no outside system, stand-ins take their places', async () => {
  const { config, printed, status } = await configWith({})
  assert.equal(status, 200)
  assert.match(config.crmUrl, /^http:\/\/127\.0\.0\.1:\d+$/)
  assert.equal(config.accountsUrl, config.crmUrl)
  assert.match(config.mailUrl, /^smtp:\/\/127\.0\.0\.1:\d+$/)
  assert.notEqual(config.crmToken, '')
  assert.ok(config.crmWebhookSecret.length >= 32)
  const [, port] = config.crmUrl.split(/:(?=\d+$)/)
  assert.ok(printed.includes(`  Stand-ins for CRM, accounts and mail: http://localhost:${port}\n`))
})

test('a system that is set stays as it is, and the process ends by itself', async () => {
  const real = {
    crmUrl: 'http://127.0.0.1:9',
    crmToken: 'real',
    crmWebhookSecret: '',
    accountsUrl: 'https://accounts.example.com',
    accountsToken: 'real too',
    mailUrl: 'smtps://mail.example.com',
  }
  const { config } = await configWith(real)
  for (const [key, value] of Object.entries(real)) assert.equal(config[key as keyof Config], value, key)
})

test('a port that is taken is replaced by a free one', async (t) => {
  const others = [8001, 1025].map((port) => createServer().listen(port, '127.0.0.1'))
  t.after(() => {
    for (const other of others) other.close()
  })
  // An error says that the port was taken already, which is as good.
  await Promise.all(others.map((other) => once(other, 'listening').catch(() => undefined)))
  const { config } = await configWith({})
  assert.doesNotMatch(config.crmUrl, /:8001$/)
  assert.doesNotMatch(config.mailUrl, /:1025$/)
})

test('the service says that it is healthy, and ends at SIGTERM although a call hangs', async (t) => {
  const child = spawn(process.execPath, ['standins/server.ts'], {
    cwd: root,
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', SMTP_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.after(() => child.kill('SIGKILL'))
  let printed = ''
  child.stdout.on('data', (chunk) => {
    printed += chunk
  })
  const url = () => /http:\/\/localhost:\d+/.exec(printed)?.[0]
  await until(async () => (await fetch(`${url()}/healthz`)).ok, 'the service')
  const hanging = assert.rejects(fetch(`${url()}/v1/workspaces/abc?fault=hang`))
  child.kill('SIGTERM')
  const [code] = await once(child, 'exit')
  assert.equal(code, 0)
  await hanging
})
