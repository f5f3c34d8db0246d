import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { openAssets } from '../../app/assets/assets.ts'
import { docker } from '../lab/docker.ts'
import { until } from '../until.ts'
import { type Front, startFront } from './front.ts'

const staticDir = fileURLToPath(new URL('../../app/static', import.meta.url))

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

test('the image serves the style that the app names, with the same bytes in every encoding', async () => {
  const assets = await openAssets({ dir: staticDir })
  const path = assets.url('css/site.css')
  const [plain, gzip, br] = await Promise.all(
    ['identity', 'gzip', 'br'].map((accepted) =>
      front.ask({ path, headers: { 'Accept-Encoding': accepted } }),
    ),
  )
  assert.ok(plain && gzip && br)
  assert.deepEqual([gzip.headers['content-encoding'], br.headers['content-encoding']], ['gzip', 'br'])
  const expected = (await assets.read(path))?.body.toString()
  assert.equal(plain.text, expected)
  assert.equal(gunzipSync(gzip.body).toString(), expected)
  assert.equal(brotliDecompressSync(br.body).toString(), expected)
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
