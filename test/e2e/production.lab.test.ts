import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { docker } from '../lab/docker.ts'
import { until } from '../until.ts'
import { cleanCheckout } from './checkout.ts'

const name = `dogfood-production-${randomBytes(4).toString('hex')}`
const image = 'dogfood-webapp:test'
const inspect = async (format: string) => (await docker('inspect', '--format', format, name)).trim()

let checkout: string
before(async () => {
  checkout = await cleanCheckout()
  await docker('build', '--quiet', '--tag', image, '--build-arg', 'RELEASE=e2e', checkout)
})
after(async () => {
  await docker('rm', '--force', '--volumes', name)
  await rm(checkout, { recursive: true })
})

test('the image serves what its build derived: read-only, without root, stores, or the tools for Markdown and styles', async () => {
  const stores = [
    'CACHE_URL=redis://nowhere:6379',
    'SESSIONS_URL=redis://nowhere:6379',
    'PUBLIC_URL=https://dogfood.test',
  ]
  const settings = [...stores, `SESSION_SECRETS=${randomBytes(32).toString('hex')}`].flatMap((each) => [
    '--env',
    each,
  ])
  const hidden = ['marked', 'js-yaml', 'highlight.js', 'sanitize-html', 'lightningcss'].flatMap((tool) => [
    '--tmpfs',
    `/app/node_modules/${tool}`,
  ])
  const hardened = ['--read-only', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges']
  const run = ['--detach', '--name', name, '--publish', '127.0.0.1::8000']
  await docker('run', ...run, ...hardened, ...hidden, ...settings, image)
  const port = (await docker('port', name, '8000')).trim().split(':').at(-1)
  await until(async () => (await fetch(`http://127.0.0.1:${port}/healthz`)).ok, 'the app to start', 60)
  for (const path of ['/', '/docs', '/blog']) {
    assert.equal((await fetch(`http://127.0.0.1:${port}${path}`)).status, 200, path)
  }
  await until(async () => (await inspect('{{.State.Health.Status}}')) === 'healthy', 'the health check', 60)
  assert.equal((await docker('exec', name, 'id', '-u')).trim(), '1000')
  await until(
    async () => (await docker('logs', name)).includes('"release":"e2e"'),
    'a log line with the release',
  )
})

test('the image carries no development tools and no tests', async () => {
  const list = await docker('exec', name, 'sh', '-c', 'ls; ls node_modules')
  for (const absent of ['test', 'typescript', 'playwright-core', 'docker-compose.yml']) {
    assert.ok(!list.split('\n').includes(absent), absent)
  }
})

test('a stop drains and ends with exit code 0', async () => {
  await docker('stop', '--time', '30', name)
  assert.equal(await inspect('{{.State.ExitCode}}'), '0')
})

test('broken content stops the build with the place and the fault', async () => {
  await writeFile(join(checkout, 'content/pages/broken.md'), '---\ntitle: [never closed\n---\n')
  await assert.rejects(docker('build', '--progress', 'plain', checkout), /pages\/broken\.md:\d+:\d+: /)
})
