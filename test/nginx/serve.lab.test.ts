import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { selfSigned } from '../lab/certificate.ts'
import { run } from '../lab/command.ts'
import { type Container, docker, MARK, startContainer } from '../lab/docker.ts'
import { until } from '../until.ts'
import { buildFront, image } from './front.ts'

const marked = ['--label', `${MARK}=${process.pid}`]
const name = `${MARK}-${randomUUID()}`
const contained = ['--read-only', '--cap-drop', 'ALL', '--tmpfs', '/tmp', '--init']
const volume = '/srv/front'
const tls = mkdtempSync(join(tmpdir(), 'dogfood-serve-'))

before(async () => {
  await buildFront()
  await docker('network', 'create', ...marked, name)
  await docker('volume', 'create', ...marked, name)
  await selfSigned(tls)
  await run('chmod', ['-R', 'a+rX', tls])
})
after(async () => {
  for (const container of [node, here, elsewhere]) await container?.remove()
  await docker('network', 'rm', name)
  await docker('volume', 'rm', name)
})

let node: Container | undefined
let here: Container | undefined
let elsewhere: Container | undefined

/** nginx as it runs on a node of a swarm. */
const startNode = (): Promise<Container> => {
  const mounts = ['--volume', `${name}:${volume}`, '--volume', `${tls}:/srv/tls:ro`]
  const options = ['--network', name, '--env', 'WEBAPP_HERE=webapp-here', ...contained, ...mounts]
  return startContainer({ image, args: ['serve'], options, ports: [8443] })
}

/** A balancer that answers with a text, by these names. */
function startBalancer(says: string, ...aliases: string[]): Promise<Container> {
  const program = `require('node:http').createServer((_, res) => res.end('${says}')).listen(8000)`
  const names = aliases.flatMap((alias) => ['--network-alias', alias])
  const options = ['--network', name, ...names]
  return startContainer({ image: 'node:26.10.0-slim', args: ['node', '--eval', program], options })
}

const ask = (path: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const url = `https://127.0.0.1:${node?.port(8443)}${path}`
    const req = request(url, { rejectUnauthorized: false, agent: false, timeout: 5000 }, (res) => {
      text(res).then((body) => resolve(res.statusCode === 200 ? body : String(res.statusCode)), reject)
    })
    req.on('timeout', () => req.destroy(new Error('no answer in time'))).on('error', reject)
    req.end()
  })

const answers = async (path: string, wanted: string): Promise<boolean> => (await ask(path)) === wanted

/**
 * A request that is under way while DNS forgets an address is given up by nginx, which then knows no live upstream:
 * https://github.com/nginx/nginx/issues/1656
 */
async function eightFromElsewhere(): Promise<boolean> {
  for (let turn = 12; turn < 20; turn++) if (!(await answers(`/search?q=${turn}`, 'elsewhere'))) return false
  return true
}

test('a node asks the balancer on it, the others while that is away, and it again once it is back', async () => {
  here = await startBalancer('here', 'webapp', 'webapp-here')
  elsewhere = await startBalancer('elsewhere', 'webapp')
  node = await startNode()
  await until(() => answers('/search?q=0', 'here'), 'the balancer of the node', 30)
  for (let turn = 1; turn < 10; turn++) assert.equal(await ask(`/search?q=${turn}`), 'here')
  await here.kill()
  await until(eightFromElsewhere, 'another balancer')
  await here.start()
  await until(() => answers('/search?q=21', 'here'), 'the balancer of the node')
})

test('a node goes on serving files of the release before', async () => {
  const old = '/static/js/old.0123456789ab.js'
  await docker('exec', node?.id ?? '', 'sh', '-c', `echo old >${volume}/static/identity${old}`)
  assert.match(await ask(old), /^old/)
  await node?.remove()
  node = await startNode()
  await until(async () => /^old/.test(await ask(old)), 'the file of before', 30)
  assert.match(await ask('/icon.svg'), /<svg/)
})
