import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { docker } from '../lab/docker.ts'
import { until } from '../until.ts'
import { type Front, startFront } from './front.ts'

let front: Front
before(async () => {
  front = await startFront()
})
after(() => front.stop())

test('nginx runs without root, capabilities or a writable file system, and is healthy', async () => {
  const top = await docker('top', front.name, '-eo', 'pid,uid,args')
  const processes = top.split('\n').filter((line) => line.includes('nginx:'))
  assert.ok(processes.length >= 2)
  for (const line of processes) assert.match(line, /^\s*\d+\s+101\s/)
  await until(
    async () => (await inspect('{{.State.Health.Status}}')) === 'healthy',
    'the health check to pass',
  )
  assert.equal(await inspect('{{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}}'), 'true [ALL]')
})

test('the built configuration is one that nginx accepts without a warning', async () => {
  const said = await docker('exec', front.name, 'sh', '-c', 'nginx -t -e stderr 2>&1')
  assert.doesNotMatch(said, /warn|alert|crit/)
  assert.match(said, /test is successful/)
})

test('the image carries each static file by hash, with the same bytes in every encoding', async () => {
  const list = await docker('exec', front.name, 'sh', '-c', 'cd /srv/static/identity && find static -type f')
  const styles = list.split('\n').filter((file) => file.endsWith('.css'))
  assert.ok(styles.length > 0)
  for (const file of styles) {
    const [plain, gzip, br] = await Promise.all(
      ['identity', 'gzip', 'br'].map((accepted) =>
        front.ask({ path: `/${file}`, headers: { 'Accept-Encoding': accepted } }),
      ),
    )
    assert.ok(plain && gzip && br)
    assert.deepEqual([plain.status, gzip.status, br.status], [200, 200, 200])
    assert.deepEqual([gzip.headers['content-encoding'], br.headers['content-encoding']], ['gzip', 'br'])
    const hashes = [plain.body, gunzipSync(gzip.body), brotliDecompressSync(br.body)].map(sha256)
    assert.equal(new Set(hashes).size, 1)
  }
})

test('a stop waits for the answer that is under way', async () => {
  await front.startUpstream()
  await until(async () => (await front.ask('/page')).status === 200, 'the upstream')
  const slow = front.ask('/late')
  await sleep(500)
  await docker('stop', front.name)
  assert.equal((await slow).text, 'late')
  assert.equal(await inspect('{{.State.ExitCode}}'), '0')
})

const inspect = async (format: string) => (await docker('inspect', '--format', format, front.name)).trim()

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
