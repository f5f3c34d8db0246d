import { join } from 'node:path'

/** A machine of the cluster. */
export interface Machine {
  /** What it calls itself: `node1`. */
  readonly name: string
  readonly address: string
  /** What DOCKER_HOST is set to, to speak to its engine. */
  readonly host: string
  readonly namespace: string
  /** The end of its network cable that is plugged into the bridge. */
  readonly cable: string
  readonly cgroup: string
  /** Everything it keeps. */
  readonly folder: string
  readonly socket: string
}

/** Names and addresses of one cluster. Several can run on a machine; each has a number. */
export interface Layout {
  readonly number: number
  readonly folder: string
  readonly bridge: string
  /** The machine that the lab runs on, as the nodes see it. */
  readonly outside: string
  readonly registry: { readonly container: string; readonly port: number; readonly address: string }
  readonly machines: readonly Machine[]
}

/** The one that tests share. */
export const TESTED = 1
const SIZE = 3
const FOLDER = '/var/lib/dogfood-lab'
const PREFIX = 'dogfood-cluster-'

export function layoutOf(number: number): Layout {
  const name = `${PREFIX}${number}`
  const network = `10.77.${number}`
  const folder = join(FOLDER, name)
  const port = 5000 + number
  const machine = (index: number): Machine => ({
    name: `node${index}`,
    address: `${network}.${10 + index}`,
    host: `unix://${join(folder, `node${index}`, 'docker.sock')}`,
    namespace: `${name}-node${index}`,
    // Names of interfaces have at most 15 letters.
    cable: `dogfood${number}n${index}`,
    cgroup: `/${name}-node${index}`,
    folder: join(folder, `node${index}`),
    socket: join(folder, `node${index}`, 'docker.sock'),
  })
  return {
    number,
    folder,
    bridge: `dogfood${number}`,
    outside: `${network}.1`,
    registry: { container: `${name}-registry`, port, address: `${network}.1:${port}` },
    machines: Array.from({ length: SIZE }, (_, index) => machine(index + 1)),
  }
}

/** Each engine of the lab has its socket at another place: what a mount of it says for all. */
export const socketOfEachNode = ({ socket, name }: Machine): string =>
  socket.replace(name, '{{.Node.Hostname}}')

/** Numbers of the clusters that left anything on the disk, told by the names of their folders. */
export const numbersIn = (names: readonly string[]): number[] =>
  names.filter((name) => name.startsWith(PREFIX)).map((name) => Number(name.slice(PREFIX.length)))

export const clustersFolder = FOLDER
