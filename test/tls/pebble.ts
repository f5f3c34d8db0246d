import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Container, startContainer } from '../lab/docker.ts'
import { toolsImage } from '../lab/tools.ts'
import type { Authority } from './authority.ts'

/** The ACME directory of a started Pebble, by its name on the network. */
export const DIRECTORY = 'https://pebble:14000/dir'

export interface PebbleOptions {
  readonly network: string
  readonly authority: Authority
  /** How long its certificates last, in seconds. */
  readonly life?: number
  /** Names it issues nothing for. */
  readonly refused?: readonly string[]
}

/** Starts an ACME server that asks for challenges where nginx listens inside the network. */
export async function startPebble(options: PebbleOptions): Promise<Container> {
  const { network, authority, life = 90 * 86_400, refused = [] } = options
  await authority.issue('pebble', { hosts: ['pebble'] })
  const config = {
    listenAddress: '0.0.0.0:14000',
    managementListenAddress: '0.0.0.0:15000',
    certificate: '/ca/pebble/certificate.pem',
    privateKey: '/ca/pebble/key.pem',
    httpPort: 8080,
    tlsPort: 8443,
    domainBlocklist: refused,
    retryAfter: { authz: 1, order: 1 },
    profiles: { default: { description: 'the only one', validityPeriod: life } },
  }
  await writeFile(join(authority.folder, 'pebble.json'), JSON.stringify({ pebble: config }))
  const settings = ['--env', 'PEBBLE_VA_NOSLEEP=1', '--env', 'PEBBLE_WFE_NONCEREJECT=5']
  const place = ['--network', network, '--network-alias', 'pebble', '--volume', `${authority.folder}:/ca:ro`]
  return startContainer({
    image: await toolsImage(),
    args: ['pebble', '-config', '/ca/pebble.json', '-strict'],
    options: [...settings, ...place],
  })
}

/** Options for the certificates service to trust that Pebble. */
export const trusting = ({ folder }: Authority): string[] => [
  ...['--volume', `${folder}/ca.pem:/etc/ca-of-the-tests.pem:ro`],
  ...['--env', 'REQUESTS_CA_BUNDLE=/etc/ca-of-the-tests.pem'],
]
