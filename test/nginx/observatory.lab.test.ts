import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { docker } from '../lab/docker.ts'
import { type Front, startFront, untilServing } from './front.ts'
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
const script = fileURLToPath(new URL('./observatory-scan.ts', import.meta.url))
const everywhere = [
  'csp-implemented-with-no-unsafe-default-src-none',
  'referrer-policy-private',
  'x-frame-options-implemented-via-csp',
  'corp-implemented-with-same-origin',
]

let front: Front
let tls: string
before(async () => {
  await installScanner()
  tls = await makeTlsFolder(host)
  front = await startFront('--volume', `${tls}:/etc/nginx/tls.d:ro`, '--network-alias', host)
  await front.startUpstream()
  await untilServing(front)
})
after(async () => {
  await front.stop()
  await rm(tls, { recursive: true })
})

test('every kind of answer over TLS earns A+ and each bonus that headers can earn', async () => {
  const kinds = {
    '/page': 200,
    '/moved': 200,
    '/status/404': 404,
    '/status/503': 503,
    '/readyz': 404,
    '/robots.txt': 200,
  }
  const scores = await scan([...Object.keys(kinds), '/dropped'])
  assert.deepEqual(
    scores.map(({ status }) => status),
    [...Object.values(kinds), 502],
  )
  for (const { path, grade, score, failed, earned } of scores) {
    assert.deepEqual(failed, [], path)
    assert.deepEqual(earned, everywhere, path)
    assert.deepEqual([grade, score], ['A+', 130], path)
  }
})

// 145 is the most that the scanner gives: five more are for a domain on the browsers' HSTS preload list.
test('a page with a script and a session cookie earns all that a new domain can', async () => {
  const [page] = await scan(['/scripted'])
  const more = [
    'cookies-secure-with-httponly-sessions-and-samesite',
    'sri-implemented-and-all-scripts-loaded-securely',
  ]
  assert.deepEqual(page?.failed, [])
  assert.deepEqual(new Set(page?.earned), new Set([...everywhere, ...more]))
  assert.deepEqual([page?.grade, page?.score], ['A+', 140])
})

async function scan(paths: string[]): Promise<Score[]> {
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
