import { spawn } from 'node:child_process'
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { cleanCheckout } from '../e2e/checkout.ts'
import type { Cluster } from '../lab/cluster/cluster.ts'
import { socketOfEachNode } from '../lab/cluster/layout.ts'
import type { Ended } from './swarm.ts'

const root = join(import.meta.dirname, '../..')
const STORE = 5100

/** A block of commands of docs/deploying.md, and the heading it stands under. */
export interface Block {
  readonly heading: string
  readonly script: string
}

export function blocksOf(text: string): Block[] {
  let heading = ''
  return text.split(/^```/m).flatMap((part, index) => {
    if (index % 2 === 1) return part.startsWith('sh\n') ? [{ heading, script: part.slice(3) }] : []
    heading = /.*^## ([^\n]+)/ms.exec(part)?.[1] ?? heading
    return []
  })
}

export const manual = (): Block[] => blocksOf(readFileSync(join(root, 'docs/deploying.md'), 'utf8'))

/** Somebody's own machine, on which they follow the manual: with the repository, and one shell for all blocks. */
export interface Reader {
  run(block: Block): Promise<Ended>
  leave(): void
}

export async function reader(cluster: Cluster, settings: Readonly<Record<string, string>>): Promise<Reader> {
  const folder = await cleanCheckout()
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  edit(join(folder, 'swarmvars.json'), 'dogfood/production', settings)
  // The nodes of the lab reach no registry but its own.
  edit(join(folder, 'registry/swarmvars.json'), 'dogfood/registry', {
    image: `${cluster.registry}/registry:2`,
  })
  const [first] = cluster.nodes
  const tunnel = forward(STORE, first.address)
  // In the lab each engine has a folder, not a machine.
  let exported = `export SWARM_NODE_SOCKET='${socketOfEachNode(first)}'\n`
  return {
    async run({ script }) {
      const asTyped = asInTheLab(script, first.host)
      const lines = asTyped.split('\n').filter((line) => line.startsWith('export '))
      const ended = await shell(folder, `${exported}${asTyped}`)
      exported += lines.map((line) => `${line}\n`).join('')
      return ended
    },
    leave: () => tunnel.close(),
  }
}

/** The lab's nodes have no SSH: its sockets stand for it, and a forwarded port for its tunnel. */
const asInTheLab = (script: string, host: string): string =>
  script
    .replaceAll('ssh://root@node1', host)
    .replace(/^ssh -f -N .*$/m, ':')
    // The packages are there, and nobody else's are touched.
    .replace(/^npm ci$/m, ':')

function edit(file: string, environment: string, settings: Readonly<Record<string, string>>): void {
  const all = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, unknown>>
  all[environment] = { ...all[environment], ...settings }
  writeFileSync(file, JSON.stringify(all))
}

function forward(port: number, address: string): Server {
  const server = createServer((near) => {
    const far = connect(port, address)
    near.pipe(far).pipe(near)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const)
      one.on('error', () => other.destroy())
  })
  return server.listen(port, '127.0.0.1').unref()
}

function shell(folder: string, script: string): Promise<Ended> {
  const begun = performance.now()
  const child = spawn('bash', ['--norc', '-euo', 'pipefail', '-c', script], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  return new Promise((resolve) => {
    child.once('close', (exit) => resolve({ exit, output, seconds: (performance.now() - begun) / 1000 }))
  })
}
