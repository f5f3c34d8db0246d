import assert from 'node:assert/strict'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:https'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'
import type { Machine } from '../lab/cluster/layout.ts'
import { until } from '../until.ts'
import { type CanarySite, shareOf, startCanarySite } from './canary-site.ts'
import { failedOf } from './canary-visitors.ts'
import { API_TOKEN, STACK } from './site.ts'
import type { Ended } from './swarm.ts'

let site: CanarySite
let port: number
let certificate: string
const doors = createServer((socket) => {
  const front = connect(443, site.cluster.nodes[1].address)
  for (const one of [socket, front])
    one.on('error', () => [socket, front].forEach((each) => void each.destroy()))
  socket.pipe(front).pipe(socket)
})
before(async () => {
  site = await startCanarySite({ good: [], better: [] })
  // The certificate of the lab is for localhost.
  await new Promise<void>((resolve) => doors.listen(0, '127.0.0.1', resolve))
  port = (doors.address() as AddressInfo).port
  certificate = await certificateOf(site.cluster.nodes[1])
})
after(async () => {
  doors.close()
  await site?.delete()
})
afterEach(() => site?.endVisits())

function certificateOf({ address }: Machine): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({ host: address, port: 443, rejectUnauthorized: false }, () => {
      const base64 = socket.getPeerCertificate().raw.toString('base64')
      const file = join(mkdtempSync(join(tmpdir(), 'dogfood-ca-')), 'ca.pem')
      writeFileSync(file, `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`)
      socket.destroy()
      resolve(file)
    })
    socket.once('error', reject)
  })
}

/** What is typed where no engine can be reached, by somebody who has a token. */
async function typed(...args: string[]): Promise<Ended> {
  const nowhere = { ...site.cluster.nodes[0], host: 'tcp://127.0.0.1:1' }
  const env = { SWARM_API_TOKEN: API_TOKEN, NODE_EXTRA_CA_CERTS: certificate }
  const ended = await site.swarm(['--api', `https://localhost:${port}`, ...args], { by: nowhere, env })
  console.log(`$ swarm ${args.join(' ')} (exit ${ended.exit})\n${ended.output}`)
  return ended
}

async function good(...args: string[]): Promise<string> {
  const { exit, output } = await typed(...args)
  assert.equal(exit, 0, output)
  return output
}

interface Answer {
  readonly status: number
  readonly type: string
  readonly body: string
}

function asked(method: string, path: string, body?: object, token = API_TOKEN): Promise<Answer> {
  const agent = new Agent({ rejectUnauthorized: false })
  const headers = {
    ...(token && { authorization: `Bearer ${token}` }),
    ...(body && { 'content-type': 'application/json' }),
  }
  return new Promise((resolve, reject) => {
    const options = { method, agent, headers: { host: 'localhost', ...headers } }
    const req = request(
      `https://${site.cluster.nodes[2].address}/v1/apps/${STACK}${path}`,
      options,
      (res) => {
        let text = ''
        res.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk
        })
        const { statusCode: status = 0 } = res
        res.once('end', () => resolve({ status, type: res.headers['content-type'] ?? '', body: text }))
      },
    )
    req.once('error', reject)
    req.end(body && JSON.stringify(body))
  })
}

test('it is at the address of the site, and nobody is told anything without a token', async () => {
  assert.match(await good('status'), /is up: /)
  for (const token of ['', 'wrong']) {
    const { status, type, body } = await asked('GET', '', undefined, token)
    assert.deepEqual([status, type], [401, 'application/problem+json'], body)
  }
})

test('a canary is started, given another share, shown and aborted without an engine', async () => {
  const visits = site.visit()
  await good('canary', 'start', 'webapp=good', '--steps', '20,60,100', '--manual', '--detach')
  await site.untilIn('stepping')
  const { phase, percent } = JSON.parse((await asked('GET', '/split')).body)
  assert.deepEqual([phase, percent], ['stepping', 20])
  const begun = performance.now()
  const put = await asked('PUT', '/split', { percent: 60 })
  assert.equal(put.status, 200, put.body)
  for (const node of site.cluster.nodes)
    await until(async () => shareOf(visits, 'good', node) > 0.4, `the share on ${node.name}`)
  console.log(`the new share is on each node after ${(performance.now() - begun).toFixed(0)} ms`)
  assert.match(await good('canary', 'status'), /60 % of visitors/)
  // Both versions are looked at every five seconds.
  await sleep(11_000)
  const { exit, output } = await typed('canary', 'abort', '--yes', '--reason', 'by CI')
  assert.equal(exit, 1, output)
  assert.match(output, /by CI[\s\S]*canary +old\n[\s\S]*requests +\d/)
  await site.untilGone()
  await sleep(1000)
  assert.deepEqual(failedOf(await visits.stop()).slice(0, 5), [])
  const chart = join(mkdtempSync(join(tmpdir(), 'dogfood-chart-')), 'chart.svg')
  await good('canary', 'status', '--chart', chart)
  const { body } = await asked('GET', '/audit')
  assert.match(body, /canary start/)
  assert.doesNotMatch(body, new RegExp(API_TOKEN))
})

test('an update by the API replaces the webapps, and no visitor sees a failure', async () => {
  const visits = site.visit()
  assert.match(await good('update', 'webapp=better'), /Release \d+ runs/)
  await until(async () => shareOf(visits, 'better') === 1, 'the new version')
  assert.deepEqual(failedOf(await visits.stop()).slice(0, 5), [])
})
