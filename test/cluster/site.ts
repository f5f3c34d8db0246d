import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newSecrets } from '../../kit/secrets/production-secrets.ts'
import { selfSigned } from '../lab/certificate.ts'
import type { Cluster } from '../lab/cluster/cluster.ts'
import { pushImages } from '../lab/cluster/images.ts'
import { type Machine, socketOfEachNode } from '../lab/cluster/layout.ts'
import { dockerOn } from '../lab/cluster/swarm.ts'
import { type Ended, type SwarmOptions, swarmIn } from './swarm.ts'

export const STACK = 'dogfood-testing'
/** Of the management API, for all that it can do. */
export const API_TOKEN = 'a-token-of-the-lab'

export interface SiteOptions extends Omit<SwarmOptions, 'host'> {
  /** The node that is asked. */
  readonly by?: Machine
  readonly release?: string
}

/** The site of this repository on the cluster of the lab. */
export interface Site {
  /** Runs `swarm` for it. */
  swarm(args: readonly string[], options?: SiteOptions): Promise<Ended>
  /** The node with the stores whose folders lie on a node. */
  readonly stores: Machine
}

const root = join(import.meta.dirname, '../..')

/** What can be told about the site on a cluster, deployed or not. */
export function siteOn(cluster: Cluster): Site {
  const [first, , stores] = cluster.nodes
  const variables = { registry: cluster.registry, accounts_url: `http://${cluster.outside}:8001` }
  return {
    stores,
    swarm(args, { by = first, release = 'current', env = {}, ...options } = {}) {
      const given = Object.entries({ ...variables, tag: release }).flatMap(([name, value]) => [
        '--var',
        `${name}=${value}`,
      ])
      return swarmIn(root, ['--env', 'dogfood/testing', ...given, ...args], {
        ...options,
        host: by.host,
        env: { SWARM_NODE_SOCKET: socketOfEachNode(first), ...env },
      })
    },
  }
}

/** Puts in place what the first deploy needs: images, secrets, and the choice of the node for the stores. */
export async function prepareSite(cluster: Cluster, site: Site): Promise<void> {
  await pushImages()
  const [first] = cluster.nodes
  for (const store of ['redissessions', 'redisqueue']) {
    const label = `dogfood.${STACK}.stores-${store}=here`
    await dockerOn(first, 'node', 'update', '--label-add', label, site.stores.name)
  }
  const set = async ([name, content]: readonly [string, string]) => {
    // A Swarm keeps no empty secret.
    const { exit, output } = await site.swarm(['secrets', 'set', name], { input: content || '\n' })
    if (exit !== 0) throw new Error(output)
  }
  const { output } = await site.swarm(['secrets', 'list', '--json'])
  const missing = new Set(
    (JSON.parse(output) as { name: string; state: string }[])
      .filter(({ state }) => state === 'missing')
      .map(({ name }) => name),
  )
  const made = newSecrets()
  const control_tokens = `${made.control_tokens ?? ''}\n${tokenLine}\n`
  const secrets = Object.entries({ ...made, ...(await certificate()), ...outside, control_tokens })
  for (const secret of secrets) if (missing.has(secret[0])) await set(secret)
}

const tokenLine = `lab deploy ${createHash('sha256').update(API_TOKEN).digest('hex')}`
// The password is "operator", and its hash a cheap one.
const operators =
  'operator:scrypt$16384$8$1$QR9FmEJn41hU1Q8yoAhC6g$G5sSMSTL5_FnkMqkwBxbxewz5nBwetYWo-lEiPnCaeU'
const outside = { accounts_token: 'token', mail_url: 'outbox:', operators }

async function certificate(): Promise<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'dogfood-tls-'))
  const { key, certificate } = await selfSigned(folder)
  return { tls_key: readFileSync(key, 'utf8'), tls_certificate: readFileSync(certificate, 'utf8') }
}

/** Node and container of every task that runs, by the name of its service in the stack. */
export async function tasksOf(
  service: string,
  by: Machine,
  stack = STACK,
): Promise<{ id: string; node: string }[]> {
  const format = '{{.ID}} {{.Node}} {{.CurrentState}}'
  const args = [
    'service',
    'ps',
    '--filter',
    'desired-state=running',
    '--format',
    format,
    `${stack}_${service}`,
  ]
  const lines = (await dockerOn(by, ...args)).split('\n').filter((line) => / Running /.test(line))
  return lines.map((line) => {
    const [id = '', node = ''] = line.split(' ')
    return { id, node }
  })
}
