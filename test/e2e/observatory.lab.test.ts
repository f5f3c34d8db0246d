import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { Agent } from 'node:https'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Container, docker, startContainer } from '../lab/docker.ts'
import { type Authority, makeAuthority } from '../tls/authority.ts'
import { makeNetwork, startTlsFront, type TlsFront } from '../tls/tls-front.ts'
import { visit } from '../tls/visit.ts'
import { until } from '../until.ts'
import { buildProduction, startProduction } from './production.ts'

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

let authority: Authority
let network: string
let front: TlsFront
let redis: Container
let app: Container
before(async () => {
  await Promise.all([installScanner(), buildProduction(repository)])
  authority = await makeAuthority()
  const own = await authority.issue('own', { hosts: [host] })
  network = await makeNetwork()
  front = await startTlsFront({
    network,
    certificates: ['--volume', `${own}:/run/secrets/tls:ro`],
    nginx: ['--network-alias', host],
    // The scanner asks at the usual ports.
    edit: ['conf/servers.conf', 's/listen 8080 .*/& listen 80;/; s/listen 8443 ssl .*/& listen 443 ssl;/'],
  })
  const place = ['--network', network]
  redis = await startContainer({ image: 'redis:8.10.1', options: [...place, '--network-alias', 'redis'] })
  app = await startProduction('redis', ...place, '--network-alias', 'webapp')
  await until(async () => (await status('/session')) === 200, 'the app')
})
after(async () => {
  await Promise.all([app, redis].map((container) => container?.remove()))
  await front?.stop()
  await docker('network', 'rm', network)
  await authority.remove()
})

const status = async (path: string): Promise<number> =>
  (await visit(front.nginx.port(8443), new Agent(), path)).status

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
  await until(async () => (await status('/session')) === 503, 'the app to be missed')
  scores.push(...(await scan('/session')))
  assert.deepEqual(
    scores.map(({ status }) => status),
    [...Object.values(kinds), 503],
  )
  for (const { path, status, grade, score, failed, earned } of scores) {
    const hasScripts = path !== '/readyz' && path !== '/robots.txt' && status !== 503
    assert.deepEqual(failed, [], path)
    assert.deepEqual(earned.toSorted(), [...forHeaders, ...(hasScripts ? forScripts : [])].toSorted(), path)
    assert.deepEqual([grade, score], ['A+', hasScripts ? 135 : 130], path)
  }
})

async function scan(...paths: string[]): Promise<Score[]> {
  const mounts = [
    `${installed}:/observatory:ro`,
    `${script}:/scan.ts:ro`,
    `${authority.folder}/ca.pem:/ca.pem:ro`,
  ]
  const options = ['--network', network, '--env', 'NODE_EXTRA_CA_CERTS=/ca.pem']
  const volumes = mounts.flatMap((mount) => ['--volume', mount])
  return JSON.parse(
    await docker(
      'run',
      '--rm',
      ...options,
      ...volumes,
      'node:26.10.0-slim',
      'node',
      '/scan.ts',
      host,
      ...paths,
    ),
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
