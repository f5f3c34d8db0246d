import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { readConfig } from '../../app/config/read.ts'
import { openMetrics } from '../../app/metrics/open-metrics.ts'
import { newSecrets } from '../../kit/secrets/production-secrets.ts'
import { type Container, docker, startContainer } from '../lab/docker.ts'
import { until } from '../until.ts'
import { type Sample, samplesOf, unusedPort } from './scrape.ts'

const limit = 8 * 1024 * 1024
const secrets = newSecrets()
const folder = mkdtempSync(join(tmpdir(), 'dogfood-memory-'))

let redis: Container
before(async () => {
  chmodSync(folder, 0o755)
  writeFileSync(join(folder, 'acl'), secrets.redissessions_acl ?? '', { mode: 0o444 })
  redis = await startContainer({
    image: 'redis:8.10.1',
    ports: [6379],
    options: ['--volume', `${folder}/acl:/acl:ro`],
    args: ['--aclfile', '/acl', '--maxmemory', String(limit), '--maxmemory-policy', 'noeviction'],
  })
})
after(async () => {
  await redis?.remove()
  rmSync(folder, { recursive: true })
})

/** As `admin`, until Redis refuses. */
async function fill(): Promise<void> {
  const as = ['--user', 'admin', '--pass', secrets.redis_admin ?? '', '--no-auth-warning']
  for (let key = 0; ; key++) {
    const told = await docker('exec', redis.id, 'redis-cli', ...as, 'set', `k${key}`, 'x'.repeat(100_000))
    if (/OOM/.test(told)) return
    assert.equal(told, 'OK')
  }
}

test('with the rights that a webapp has in production, how full a store is is told, and without it nothing', async (t) => {
  const sessionsUrl = (secrets.sessions_url ?? '').replace(/@.*/, `@127.0.0.1:${redis.port(6379)}`)
  const metricsPort = await unusedPort()
  const config = { ...readConfig({ NODE_ENV: 'test' }), sessionsUrl, metricsPort }
  const { server } = await openMetrics(config, {
    part: 'webapp',
    stores: () => ({}),
    queue: () => undefined,
  })
  t.after(() => server.close())
  const told = async (): Promise<Sample[]> =>
    samplesOf(await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()).filter(({ name }) =>
      name.startsWith('dogfood_redis_memory'),
    )
  await until(async () => (await told()).length === 2, 'the store to answer')
  assert.ok((await told()).every(({ labels }) => labels.store === 'sessions'))
  const share = async (): Promise<number> => {
    const value = (samples: Sample[], end: string) => samples.find(({ name }) => name.endsWith(end))?.value
    const samples = await told()
    assert.equal(value(samples, 'limit_bytes'), limit)
    return (value(samples, 'memory_bytes') ?? 0) / limit
  }
  assert.ok((await share()) < 0.5)
  await fill()
  assert.ok((await share()) > 0.95)

  await redis.pause()
  t.after(() => redis.unpause())
  const begun = performance.now()
  assert.deepEqual(await told(), [])
  assert.ok(performance.now() - begun < 2000)
})
