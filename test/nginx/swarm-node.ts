import { randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { selfSigned } from '../lab/certificate.ts'
import { run } from '../lab/command.ts'
import { type Container, docker, MARK, startContainer } from '../lab/docker.ts'
import { buildFront, image } from './front.ts'

const marked = ['--label', `${MARK}=${process.pid}`]
const contained = ['--read-only', '--cap-drop', 'ALL', '--tmpfs', '/tmp', '--init']
export const VOLUME = '/srv/front'

/** What nginx finds on a node of a swarm: a network, the volume of the node, a certificate. */
export interface Surroundings {
  readonly network: string
  /** nginx as it runs on a node; its own balancer is called webapp-here. */
  startNode(...options: string[]): Promise<Container>
  /** A balancer that answers with a text, by these names. */
  startBalancer(says: string, ...aliases: string[]): Promise<Container>
  delete(): Promise<void>
}

/** Builds nginx, and makes a network and a volume for it. */
export async function createSurroundings(): Promise<Surroundings> {
  const name = `${MARK}-${randomUUID()}`
  const tls = mkdtempSync(join(tmpdir(), 'dogfood-serve-'))
  await buildFront()
  await docker('network', 'create', ...marked, name)
  await docker('volume', 'create', ...marked, name)
  await selfSigned(tls)
  await run('chmod', ['-R', 'a+rX', tls])
  return {
    network: name,
    startNode(...more) {
      const mounts = ['--volume', `${name}:${VOLUME}`, '--volume', `${tls}:/srv/tls:ro`]
      const options = [
        '--network',
        name,
        '--env',
        'WEBAPP_HERE=webapp-here',
        ...contained,
        ...mounts,
        ...more,
      ]
      return startContainer({ image, args: ['serve'], options, ports: [8443] })
    },
    startBalancer(says, ...aliases) {
      const program = `require('node:http').createServer((_, res) => res.end('${says}')).listen(8000)`
      const names = aliases.flatMap((alias) => ['--network-alias', alias])
      const options = ['--network', name, ...names]
      return startContainer({ image: 'node:26.10.0-slim', args: ['node', '--eval', program], options })
    },
    async delete() {
      await docker('network', 'rm', name)
      await docker('volume', 'rm', name)
    },
  }
}

/** What a node answers: the text of a 200, or else the status. */
export const askNode = (node: Container | undefined, path: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const url = `https://127.0.0.1:${node?.port(8443)}${path}`
    const req = request(url, { rejectUnauthorized: false, agent: false, timeout: 5000 }, (res) => {
      text(res).then((body) => resolve(res.statusCode === 200 ? body : String(res.statusCode)), reject)
    })
    req.on('timeout', () => req.destroy(new Error('no answer in time'))).on('error', reject)
    req.end()
  })
