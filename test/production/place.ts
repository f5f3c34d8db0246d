import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { docker } from '../lab/docker.ts'

/** The site as docker-compose.prod.yml runs it on one server, from a clean checkout, with stand-ins outside. */
export interface ProductionStack {
  /** From which `stackAt` makes the same again, in another process. */
  readonly place: Place
  readonly folder: string
  /** Name of the Compose project, and tag of its images. */
  readonly project: string
  /** nginx with TLS; its certificate signs itself. */
  readonly url: string
  /** nginx without TLS. */
  readonly insecureUrl: string
  /** The page of the stand-ins. */
  readonly standIns: string
  /** Runs `docker compose` with both files. */
  compose(...args: string[]): Promise<string>
  /** Ids of a service's containers. */
  containers(service: string): Promise<string[]>
  /** Builds the images that it runs. */
  build(): Promise<void>
  down(): Promise<void>
}

/** All that has to be known of a production site to command it. */
export interface Place {
  readonly folder: string
  readonly project: string
  /** Compose files, from the folder; the last one laid over all others. */
  readonly files: readonly string[]
  readonly ports: Readonly<Record<'http' | 'https' | 'standIns', number>>
  /** Socket of the engine that runs it, if not the one that builds it. */
  readonly socket?: string
}

export function stackAt(place: Place): ProductionStack {
  const { folder, project, files, ports, socket } = place
  const engine = socket ? ['--host', `unix://${socket}`] : []
  const given = files.flatMap((file) => ['--file', join(folder, file)])
  const command = ['compose', '--project-name', project, '--project-directory', folder, ...given]
  const compose = (...args: string[]) => docker(...engine, ...command, ...args)
  return {
    place,
    folder,
    project,
    url: `https://localhost:${ports.https}`,
    insecureUrl: `http://localhost:${ports.http}`,
    standIns: `http://localhost:${ports.standIns}`,
    compose,
    containers: async (service) =>
      (await compose('ps', '--all', '--quiet', service)).split('\n').filter(Boolean),
    async build() {
      await docker(...command, 'build')
    },
    async down() {
      await compose('down', '--volumes', '--remove-orphans', '--timeout', '5')
      await removeImages(project)
      await rm(folder, { recursive: true })
    },
  }
}

async function removeImages(tag: string): Promise<void> {
  const images = await imagesOf(tag)
  if (images.length > 0) await docker('image', 'rm', '--force', ...images)
}

export async function imagesOf(tag: string): Promise<string[]> {
  const images = (await docker('image', 'ls', '--format', '{{.Repository}}:{{.Tag}}')).split('\n')
  return images.filter((image) => image.endsWith(`:${tag}`))
}
