import { CommandError, docker } from '../docker.ts'
import { inspect, lastLogs, listContainers } from './commands.ts'
import type { Site } from './site.ts'

/** A container of a service. */
export interface Instance {
  readonly id: string
  readonly name: string
  /** Id of the image it was made from. */
  readonly image: string
  /** `running`, `exited`, `restarting`, `created`, `paused`, `dead`. */
  readonly status: string
  /** `healthy`, `starting`, `unhealthy`; `none` without a health check. */
  readonly health: string
  /** How often Docker has started it again by itself. */
  readonly restarts: number
  readonly exitCode: number
  readonly ranOutOfMemory: boolean
  /** Its addresses, on all networks. */
  readonly addresses: readonly string[]
}

interface Inspected {
  readonly Id: string
  readonly Name: string
  readonly Image: string
  readonly RestartCount: number
  readonly State: {
    readonly Status: string
    readonly ExitCode: number
    readonly OOMKilled: boolean
    readonly Health?: { readonly Status: string }
  }
  readonly NetworkSettings: { readonly Networks: Readonly<Record<string, { readonly IPAddress: string }>> }
}

export async function instancesOf(site: Site, service: string): Promise<Instance[]> {
  const ids = (await docker(listContainers(site.project, service))).split('\n').filter(Boolean)
  return lookAt(ids)
}

/** The instances with these ids as they are now; those that are gone are left out. */
export async function lookAt(ids: readonly string[]): Promise<Instance[]> {
  if (ids.length === 0) return []
  try {
    return (JSON.parse(await docker(inspect(ids))) as Inspected[]).map(instanceOf)
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    // One that was removed in the meantime fails the question for all of them.
    if (ids.length === 1) return []
    return (await Promise.all(ids.map((id) => lookAt([id])))).flat()
  }
}

const instanceOf = ({ Id, Name, Image, RestartCount, State, NetworkSettings }: Inspected): Instance => ({
  id: Id,
  name: Name.replace(/^\//, ''),
  image: Image,
  status: State.Status,
  health: State.Health?.Status ?? 'none',
  restarts: RestartCount,
  exitCode: State.ExitCode,
  ranOutOfMemory: State.OOMKilled,
  addresses: Object.values(NetworkSettings.Networks)
    .map(({ IPAddress }) => IPAddress)
    .filter(Boolean),
})

export const isWell = ({ status, health }: Instance): boolean =>
  status === 'running' && (health === 'healthy' || health === 'none')

/** What an instance had been through when the wait for it began. */
export type Begun = Pick<Instance, 'id' | 'restarts' | 'ranOutOfMemory'>

/** A container that was just made has been through nothing. */
export const asNew = (id: string): Begun => ({ id, restarts: 0, ranOutOfMemory: false })

/** Why an instance will not become well by waiting; undefined while it may. What it has behind it is no fault. */
export function faultOf(instance: Instance, begun: Begun = asNew(instance.id)): string | undefined {
  const { name, status, health, restarts, exitCode, ranOutOfMemory } = instance
  if (ranOutOfMemory && !begun.ranOutOfMemory) return `${name} needed more memory than its limit`
  if (restarts > begun.restarts || status === 'restarting') return `${name} ended and was started again`
  if (status === 'exited' || status === 'dead') return `${name} ended with exit code ${exitCode}`
  if (health === 'unhealthy') return `${name} runs, but its health check fails`
  return undefined
}

const LOG_LINES = 20

/** The end of what a container wrote. */
export async function endOfLog(id: string): Promise<string[]> {
  const lines: string[] = []
  await docker(lastLogs(id, LOG_LINES), { onLine: (line) => lines.push(line) }).catch(() => undefined)
  return lines
}
