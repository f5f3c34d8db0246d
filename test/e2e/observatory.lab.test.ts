import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Container, docker, startContainer } from '../lab/docker.ts'
import { type Front, startFront } from '../nginx/front.ts'
import { until } from '../until.ts'
import { buildProduction, startProduction } from './production.ts'
import { makeTlsFolder } from './tls.ts'

interface Score {
  path: string
  status: number
  score: number
  grade: string
  failed: string[]
  earned: string[]
}

const host = 'dogfood.test'
const installed = fileURLToPath(new URL('../../.cache/observatory', import.meta.url))
const repository = fileURLToPath(new URL('../../', import.meta.url))
const script = fileURLToPath(new URL('./observatory-scan.ts', import.meta.url))
const forHeaders = [
  'csp-implemented-with-no-unsafe-default-src-none',
  'referrer-policy-private',
  'x-frame-options-implemented-via-csp',
  'corp-implemented-with-same-origin',
]

const forScripts = ['sri-implemented-and-all-scripts-loaded-securely']

let front: Front
let tls: string
let redis: Container
let app: Container
before(async () => {
  await Promise.all([installScanner(), buildProduction(repository)])
  tls = await makeTlsFolder(host)
  front = await startFront('--volume', `${tls}:/etc/nginx/tls.d:ro`, '--network-alias', host)
  const network = ['--network', front.network]
  redis = await startContainer({ image: 'redis:8', options: [...network, '--network-alias', 'redis'] })
  app = await startProduction('redis', ...network, '--network-alias', 'webapp')
  await until(async () => (await front.ask('/')).status === 200, 'the app')
})
after(async () => {
  await Promise.all([app, redis].map((container) => container?.remove()))
  await front.stop()
  await rm(tls, { recursive: true })
})

test('a page with a session cookie earns five more', async () => {
  const [page] = await scan('/session')
  assert.deepEqual(page?.failed, [])
  assert.ok(page?.earned.includes('cookies-secure-with-httponly-sessions-and-samesite'))
  assert.deepEqual([page?.grade, page?.score], ['A+', 140])
})

// 145 is the most the scanner gives: the rest is 5 for a domain that browsers preload.
test('every kind of answer over TLS earns A+ and all that it can', async () => {
  const kinds = { '/': 200, '/docs/': 200, '/no/such/page': 404, '/readyz': 404, '/robots.txt': 200 }
  const scores = await scan(...Object.keys(kinds))
  await app.remove()
  await until(async () => (await front.ask('/')).status === 502, 'the app to be missed')
  scores.push(...(await scan('/')))
  assert.deepEqual(
    scores.map(({ status }) => status),
    [...Object.values(kinds), 502],
  )
  for (const { path, status, grade, score, failed, earned } of scores) {
    const hasScripts = path !== '/readyz' && path !== '/robots.txt' && status !== 502
    assert.deepEqual(failed, [], path)
    assert.deepEqual(earned.toSorted(), [...forHeaders, ...(hasScripts ? forScripts : [])].toSorted(), path)
    assert.deepEqual([grade, score], ['A+', hasScripts ? 135 : 130], path)
  }
})

async function scan(...paths: string[]): Promise<Score[]> {
  const mounts = [`${installed}:/observatory:ro`, `${script}:/scan.ts:ro`, `${tls}:/tls:ro`]
  const options = ['--network', front.network, '--env', 'NODE_EXTRA_CA_CERTS=/tls/certificate.pem']
  const volumes = mounts.flatMap((mount) => ['--volume', mount])
  return JSON.parse(
    await docker('run', '--rm', ...options, ...volumes, 'node:26-slim', 'node', '/scan.ts', host, ...paths),
  )
}

/** The package's own install script downloads browser lists, so it isn't run; a new domain is on none of them. */
async function installScanner(): Promise<void> {
  const lists = `${installed}/node_modules/@mdn/mdn-http-observatory/conf`
  if (existsSync(`${lists}/hsts-preload.json`)) return
  await mkdir(installed, { recursive: true })
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefix', installed]
  await promisify(execFile)('npm', ['install', ...quiet, '@mdn/mdn-http-observatory@1.4.8'])
  await writeFile(`${lists}/hsts-preload.json`, '{}')
}
