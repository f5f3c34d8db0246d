import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { docker, MARK } from '../lab/docker.ts'
import { toolsImage } from '../lab/tools.ts'
import { type Authority, makeAuthority } from './authority.ts'
import { startTlsFront, type TlsFront } from './tls-front.ts'

interface Finding {
  id: string
  severity: string
  finding: string
}

const host = 'www.dogfood.test'
let authority: Authority
let front: TlsFront
let results: string
before(async () => {
  authority = await makeAuthority()
  results = await mkdtemp(join(tmpdir(), 'dogfood-testssl-'))
  // As public authorities have it: a list of what was revoked.
  const extensions = ['crlDistributionPoints=URI:http://crl.dogfood.test/tests.crl']
  const own = await authority.issue('own', { hosts: [host], days: 90, extensions })
  front = await startTlsFront({
    certificates: ['--volume', `${own}:/run/secrets/tls:ro`],
    nginx: ['--network-alias', host],
  })
  await front.startUpstream()
})
after(async () => {
  await front?.stop()
  await Promise.all([authority.remove(), rm(results, { recursive: true })])
})

async function testssl(path: string, ...checks: string[]): Promise<Finding[]> {
  const openssl = '/openssl-that-waits.sh'
  const mounts = [
    `${authority.folder}/ca.pem:/ca.pem:ro`,
    `${results}:/results`,
    `${import.meta.dirname}${openssl}:${openssl}:ro`,
  ]
  const place = ['--network', front.network, ...mounts.flatMap((mount) => ['--volume', mount])]
  const quiet = ['--quiet', '--color', '0', '--warnings', 'off', '--add-ca', '/ca.pem', '--overwrite']
  const output = ['--openssl', openssl, '--jsonfile', '/results/found.json']
  const command = ['testssl', ...quiet, ...output, ...checks, `https://${host}:8443${path}`]
  const run = ['run', '--rm', '--init', '--label', `${MARK}=${process.pid}`, ...place]
  // Its exit tells how many findings it has; from 242 on that it did not work.
  await docker(...run, await toolsImage(), 'sh', '-c', '"$@" || [ $? -lt 242 ]', 'sh', ...command)
  return JSON.parse(await readFile(join(results, 'found.json'), 'utf8'))
}

const harmless = ['OK', 'INFO', 'LOW']
/** What a finding is not about our server: testssl would like its own openssl to know GOST. */
const ofItself = 'engine_problem'

const bad = (findings: readonly Finding[]): Finding[] =>
  findings.filter(({ id, severity }) => !harmless.includes(severity) && id !== ofItself)

test('testssl.sh gives A+ and finds nothing of severity medium or worse', { timeout: 600_000 }, async () => {
  const findings = await testssl('/plain')
  assert.deepEqual(bad(findings), [])
  assert.equal(findings.find(({ id }) => id === 'overall_grade')?.finding, 'A+')
  assert.equal(findings.find(({ id }) => id === 'sessionresumption_ticket')?.finding, 'supported')
  assert.ok(findings.length > 100, `${findings.length} findings are not all`)
})

// BREACH needs a secret beside what the attacker chooses: a public page is the same for everybody, and a private one is
// not compressed.
test('where it sees compression, on a public page, BREACH is all that it fears', async () => {
  const feared = bad(await testssl('/ready-compressed', '--breach'))
  assert.deepEqual(
    feared.map(({ id }) => id),
    ['BREACH'],
  )
})
