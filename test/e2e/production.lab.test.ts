import assert from 'node:assert/strict'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Container, docker } from '../lab/docker.ts'
import { until } from '../until.ts'
import { cleanCheckout } from './checkout.ts'
import { buildProduction, startProduction, startProductionWorker } from './production.ts'

const buildTools = ['marked', 'js-yaml', 'highlight.js', 'sanitize-html', 'lightningcss', 'sharp']

let checkout: string
let app: Container
before(async () => {
  checkout = await cleanCheckout()
  await buildProduction(checkout)
  const hidden = buildTools.flatMap((tool) => ['--tmpfs', `/app/node_modules/${tool}`])
  app = await startProduction('nowhere', ...hidden)
  await until(async () => (await get('/healthz')).ok, 'the app to start', 60)
})
after(async () => {
  await app?.remove()
  await rm(checkout, { recursive: true })
})

const get = (path: string) => fetch(`http://127.0.0.1:${app.port(8000)}${path}`)
const inspect = (format: string) => docker('inspect', '--format', format, app.name)

test('pages are served from what the build derived, without the tools that derive it', async () => {
  for (const path of ['/', '/docs', '/blog']) assert.equal((await get(path)).status, 200, path)
})

test('a picture is there in the formats that its page offers, made by the build', async () => {
  const html = await (await get('/docs/writing')).text()
  for (const type of ['avif', 'webp']) {
    const url = new RegExp(`<source type="image/${type}" srcset="(\\S+) `).exec(html)?.[1] ?? ''
    const answer = await fetch(`http://127.0.0.1:${app.port(8000)}${url}`, { redirect: 'manual' })
    assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, `image/${type}`])
    assert.match(answer.headers.get('cache-control') ?? '', /immutable/)
  }
})

test('the app runs read-only, without root and without its stores, and is healthy', async () => {
  await until(async () => (await inspect('{{.State.Health.Status}}')) === 'healthy', 'the health check', 60)
  assert.equal(await docker('exec', app.name, 'id', '-u'), '1000')
  await assert.rejects(docker('exec', app.name, 'touch', '/app/.cache/new'), /Read-only/)
})

test('the same image is the worker, read-only and without its stores healthy too, and stops politely', async () => {
  const worker = await startProductionWorker('nowhere')
  try {
    const state = (name: string) => docker('inspect', '--format', `{{.State.${name}}}`, worker.name)
    await until(
      async () => (await state('Health.Status')) === 'healthy',
      'the health check of the worker',
      60,
    )
    assert.match(await docker('logs', worker.name), /"working"/)
    await docker('stop', '--time', '30', worker.name)
    assert.equal(await state('ExitCode'), '0')
  } finally {
    await worker.remove()
  }
})

test('the release that was built is in the log', async () => {
  const isLogged = async () => (await docker('logs', app.name)).includes('"release":"e2e"')
  await until(isLogged, 'a log line with the release')
})

test('the image carries no development tools and no tests', async () => {
  const list = await docker('exec', app.name, 'sh', '-c', 'ls; ls node_modules')
  for (const absent of ['test', 'standins', 'typescript', 'playwright-core', 'docker-compose.yml']) {
    assert.ok(!list.split('\n').includes(absent), absent)
  }
})

test('a stop drains and ends with exit code 0', async () => {
  await docker('stop', '--time', '30', app.name)
  assert.equal(await inspect('{{.State.ExitCode}}'), '0')
})

test('broken content stops the build with the place and the fault', async () => {
  await writeFile(join(checkout, 'content/pages/broken.md'), '---\ntitle: [never closed\n---\n')
  await assert.rejects(docker('build', '--progress', 'plain', checkout), /pages\/broken\.md:\d+:\d+: /)
})
