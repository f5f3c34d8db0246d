import { docker } from '../docker.ts'
import { type Place, showConfig } from './commands.ts'
import { RolloutFailure } from './failure.ts'
import { splitImage } from './tags.ts'

/** Services whose image a release brings: each has a Compose service that is built. */
export const RELEASED = ['webapp', 'files', 'balancing'] as const
export type Released = (typeof RELEASED)[number]

/** The Compose project as its files describe it. */
export interface Site {
  readonly place: Place
  readonly project: string
  readonly tag: string
  /** Image of each part of a release, with the tag that runs. */
  readonly images: Readonly<Record<Released, string>>
  /** How many containers a service has. */
  readonly replicas: Readonly<Record<'webapp' | 'worker', number>>
}

interface ComposeService {
  readonly image?: string
  readonly scale?: number
  readonly deploy?: { readonly replicas?: number } | null
}

interface ComposeConfig {
  readonly name: string
  readonly services: Readonly<Record<string, ComposeService>>
}

export async function readSite(place: Place): Promise<Site> {
  const config = JSON.parse(await docker(showConfig(place))) as ComposeConfig
  return siteOf(place, config)
}

/** What the rollout has to know of the output of `docker compose config`. */
export function siteOf(place: Place, { name, services }: ComposeConfig): Site {
  const images = {
    webapp: imageOf(services, 'webapp'),
    files: imageOf(services, 'files'),
    balancing: imageOf(services, 'balancing'),
  }
  const tags = new Set(Object.values(images).map((image) => splitImage(image).tag))
  const [tag, ...others] = tags
  if (tag === undefined || others.length > 0) {
    throw new RolloutFailure(
      `The images of ${RELEASED.join(' and ')} have several tags: ${[...tags].join(', ')}.`,
      'Give all of them one tag, as docker-compose.prod.yml does.',
    )
  }
  const count = (service: string) => services[service]?.deploy?.replicas ?? services[service]?.scale ?? 1
  return { place, project: name, tag, images, replicas: { webapp: count('webapp'), worker: count('worker') } }
}

function imageOf(services: ComposeConfig['services'], service: string): string {
  const image = services[service]?.image
  if (image !== undefined) return image
  throw new RolloutFailure(
    `The Compose files name no image for the service ${service}.`,
    'Give --file docker-compose.yml --file docker-compose.prod.yml, or run the command in their folder.',
  )
}
