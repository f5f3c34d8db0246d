import assert from 'node:assert/strict'
import { Agent } from 'node:https'
import { after, before, test } from 'node:test'
import { connect } from 'node:tls'
import { type Container, docker } from '../lab/docker.ts'
import { until } from '../until.ts'
import { type Authority, makeAuthority } from './authority.ts'
import { DIRECTORY, startPebble, trusting } from './pebble.ts'
import { linesOf, makeNetwork, startTlsFront, type TlsFront, untilSaid } from './tls-front.ts'
import { visit as visitBy } from './visit.ts'

const hosts = ['www.dogfood.test', 'dogfood.test']
let authority: Authority
let network: string
let front: TlsFront
let pebble: Container
before(async () => {
  authority = await makeAuthority()
  network = await makeNetwork()
  front = await startTlsFront({
    network,
    settings: {
      DOMAINS: hosts.join(', '),
      ACME_EMAIL: 'hello@dogfood.test',
      ACME_DIRECTORY: DIRECTORY,
      RETRY_SECONDS: '6',
    },
    certificates: trusting(authority),
    nginx: hosts.flatMap((host) => ['--network-alias', host]),
  })
  await front.startUpstream()
})
after(async () => {
  await pebble?.remove()
  await front?.stop()
  await docker('network', 'rm', network)
  await authority.remove()
})

/** The certificate that nginx shows. */
const shown = (): Promise<{ issuer: string; names: string; bits: string; serial: string }> =>
  new Promise((resolve, reject) => {
    const socket = connect(
      { host: '127.0.0.1', port: front.nginx.port(8443), servername: hosts[0], rejectUnauthorized: false },
      () => {
        const { issuer, subjectaltname = '', nistCurve = '', serialNumber } = socket.getPeerCertificate()
        resolve({ issuer: String(issuer.CN), names: subjectaltname, bits: nistCurve, serial: serialNumber })
        socket.destroy()
      },
    ).once('error', reject)
  })

const visit = (agent: Agent) => visitBy(front.nginx.port(8443), agent)

test('while the ACME server is down the site is up, with a temporary certificate for its names', async () => {
  await untilSaid(
    front.certificates,
    /"error","msg":"No certificate for www\.dogfood\.test dogfood\.test: https:\/\/pebble:14000\/dir cannot be reached: .*Check the address in ACME_DIRECTORY/,
  )
  await until(async () => (await visit(new Agent())).status === 200, 'the site', 90)
  const { names, issuer } = await shown()
  assert.equal(issuer, hosts[0])
  for (const host of hosts) assert.ok(names.includes(`DNS:${host}`), names)
})

test('it is asked again, and one certificate for all names is put in use without a restart', async () => {
  const started = () => docker('inspect', '--format', '{{.State.StartedAt}}', front.nginx.name)
  const before = await started()
  pebble = await startPebble({ network, authority })
  await until(async () => (await shown()).issuer.startsWith('Pebble'), 'the issued certificate', 90)
  const { names, bits } = await shown()
  assert.deepEqual(names.split(', ').sort(), hosts.map((host) => `DNS:${host}`).sort())
  assert.equal(bits, 'P-256')
  assert.equal(await started(), before)
})

test('every key of ACME is readable for its owner alone, on a root that cannot be written to', async () => {
  const inside = (...command: string[]) => docker('exec', front.certificates.name, ...command)
  const open = await inside('find', '/srv/tls', '-name', '*key*', '-type', 'f', '-perm', '/077')
  assert.equal(open, '')
  assert.equal(await inside('find', '/srv/tls', '!', '-user', '101'), '')
  await assert.rejects(inside('touch', '/srv/x'), /Read-only file system/)
})

test('a renewal while visitors ask all the time costs none of them a request', async () => {
  const { serial } = await shown()
  const agents = Array.from({ length: 8 }, () => new Agent({ keepAlive: true, maxSockets: 1 }))
  let asking = true
  const visits = agents.map(async (agent, at) => {
    const statuses: number[] = []
    while (asking) {
      statuses.push((await visit(agent)).status)
      // Some never pause, others leave their connection idle for longer and longer.
      await new Promise((resolve) => setTimeout(resolve, at * 60))
    }
    return statuses
  })
  await docker('exec', front.certificates.name, 'certificates', 'renew')
  await until(async () => (await shown()).serial !== serial, 'the next certificate', 90)
  await new Promise((resolve) => setTimeout(resolve, 3000))
  asking = false
  const statuses = (await Promise.all(visits)).flat()
  for (const agent of agents) agent.destroy()
  assert.ok(statuses.length > 100, String(statuses.length))
  assert.deepEqual([...new Set(statuses)], [200])
})

test('a certificate that is not due is not asked for again after a restart', async () => {
  const { serial } = await shown()
  await docker('restart', front.certificates.name)
  await new Promise((resolve) => setTimeout(resolve, 8000))
  assert.equal((await shown()).serial, serial)
  assert.ok(!(await linesOf(front.certificates)).slice(-1)[0]?.includes('error'))
})
