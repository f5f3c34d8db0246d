import { shareOf } from '../canary/share-of.ts'
import type { Phase } from '../canary/state.ts'
import type { KeptState } from '../canary/store.ts'
import type { Release } from '../deploy/release.ts'
import type { SwarmNode } from '../swarm/nodes.ts'
import type { SwarmService } from '../swarm/services.ts'
import type { Task } from '../swarm/tasks.ts'
import { type ComponentStatus, componentStatus } from './component-status.ts'
import { type State, states, worst } from './state.ts'

/** What the swarm says of an app at one moment. */
export interface Seen {
  readonly stack: string
  readonly services: readonly SwarmService[]
  readonly tasks: readonly Task[]
  readonly nodes: readonly SwarmNode[]
  /** Oldest first. */
  readonly releases: readonly Release[]
  /** Who deploys at this moment, where somebody does. */
  readonly lock?: string
  readonly canary?: KeptState
  readonly now: Date
}

export interface AppStatus {
  readonly stack: string
  readonly state: State
  /** The worst first. */
  readonly components: readonly (ComponentStatus & { readonly release?: number })[]
  readonly release?: Pick<Release, 'number' | 'who' | 'when' | 'revision' | 'reason'>
  readonly nodes: { readonly ready: number; readonly all: number; readonly away: readonly string[] }
  readonly lock?: string
  /** The one under way. */
  readonly canary?: CanarySummary
}

export interface CanarySummary {
  readonly component: string
  readonly image: string
  readonly phase: Phase['kind']
  /** In percent of the visitors. */
  readonly share: number
  readonly since: string
  readonly who: string
}

export function appStatus({ stack, services, tasks, nodes, releases, lock, canary, now }: Seen): AppStatus {
  const ofService = Map.groupBy(tasks, ({ service }) => service)
  const components = services
    .map((service) => {
      const release = releaseOf(service.name, releases)
      const status = componentStatus(service, ofService.get(service.id) ?? [], nodes, now)
      return { ...status, ...(release && { release }) }
    })
    .sort(
      (a, b) =>
        states.indexOf(a.state) - states.indexOf(b.state) ||
        a.component.localeCompare(b.component) ||
        a.kind.localeCompare(b.kind),
    )
  const newest = releases.at(-1)
  const away = nodes.filter(({ state }) => state !== 'ready')
  return {
    stack,
    state: worst(components.map(({ state }) => state)),
    components,
    ...(newest && { release: summaryOf(newest) }),
    nodes: {
      ready: nodes.length - away.length,
      all: nodes.length,
      away: away.map(({ hostname }) => hostname),
    },
    ...(lock && { lock }),
    ...(canary && { canary: canarySummary(canary) }),
  }
}

/** The release that a service has been the same since; nothing where no kept release knows it. */
function releaseOf(service: string, releases: readonly Release[]): number | undefined {
  const newestFirst = releases.toReversed()
  const spec = newestFirst[0]?.specs[service]
  if (spec === undefined) return undefined
  const changed = newestFirst.findIndex(({ specs }) => specs[service] !== spec)
  return newestFirst.at(changed < 0 ? -1 : changed - 1)?.number
}

const canarySummary = ({ canary, when, who }: KeptState): CanarySummary => ({
  component: canary.component,
  image: canary.image,
  phase: canary.phase.kind,
  share: shareOf(canary),
  since: when,
  who,
})

const summaryOf = ({ number, who, when, revision, reason }: Release) => ({
  number,
  who,
  when,
  reason,
  ...(revision && { revision }),
})
