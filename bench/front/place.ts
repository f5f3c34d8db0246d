import { randomUUID } from 'node:crypto'
import { type Container, type ContainerOptions, docker, MARK, startContainer } from '../../test/lab/docker.ts'
import { addressOf } from '../address.ts'

/** A container of a benchmark, reached without a published port in between. */
export interface Part extends Container {
  readonly address: string
}

/** A network of its own, and what runs on it. */
export interface Place {
  /** Starts a container that the others know by this name; several may share one. */
  start(alias: string, wanted: ContainerOptions): Promise<Part>
  stop(): Promise<void>
}

/** Opens one, works in it, and takes away all that was started. */
export async function inPlace<T>(work: (place: Place) => Promise<T>): Promise<T> {
  const place = await openPlace()
  try {
    return await work(place)
  } finally {
    await place.stop()
  }
}

async function openPlace(): Promise<Place> {
  const network = `${MARK}-${randomUUID()}`
  await docker('network', 'create', '--label', `${MARK}=${process.pid}`, network)
  const containers: Container[] = []
  return {
    async start(alias, { options = [], ...wanted }) {
      const place = ['--network', network, '--network-alias', alias]
      const container = await startContainer({ ...wanted, options: [...place, ...options] })
      containers.push(container)
      return { ...container, address: await addressOf(container.id) }
    },
    async stop() {
      for (const container of containers.reverse()) await container.remove()
      await docker('network', 'rm', network)
    },
  }
}

/** The command with a log that is written and goes nowhere: what Docker does with one is no part of a measurement. */
export const logNowhere = (...command: string[]): string[] => [
  'bash',
  '-c',
  'exec "$@" > /dev/null',
  'bash',
  ...command,
]
