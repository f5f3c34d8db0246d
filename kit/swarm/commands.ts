import type { Command } from '../docker.ts'
import { LABELS } from './labels.ts'

/** Docker's own label of what belongs to a stack. */
export const STACK_LABEL = 'com.docker.stack.namespace'

export const listServices = (stack: string): Command => ({
  args: ['service', 'ls', '--quiet', '--filter', `label=${STACK_LABEL}=${stack}`],
})
export const inspectServices = (ids: readonly string[]): Command => ({ args: ['service', 'inspect', ...ids] })

export const listAllServices = (): Command => ({ args: ['service', 'ls', '--quiet'] })

export const listOverlays = (): Command => ({
  args: ['network', 'ls', '--quiet', '--no-trunc', '--filter', 'driver=overlay', '--filter', 'scope=swarm'],
})
export const inspectNetworks = (ids: readonly string[]): Command => ({ args: ['network', 'inspect', ...ids] })

export const listNodes = (): Command => ({ args: ['node', 'ls', '--quiet'] })
export const inspectNodes = (ids: readonly string[]): Command => ({ args: ['node', 'inspect', ...ids] })

/** Every task that the swarm still knows, those that ended too; one JSON object a line. */
export const listTasks = (stack: string): Command => ({
  args: ['stack', 'ps', '--no-trunc', '--no-resolve', '--format', '{{json .}}', stack],
})
export const inspectTasks = (ids: readonly string[]): Command => ({
  args: ['inspect', '--type', 'task', ...ids],
})

export type ObjectKind = 'config' | 'secret'

export const listObjects = (kind: ObjectKind, label: string): Command => ({
  args: [kind, 'ls', '--quiet', '--filter', `label=${label}`],
})
export const inspectObjects = (kind: ObjectKind, ids: readonly string[]): Command => ({
  args: [kind, 'inspect', ...ids],
})

/** Every task of a service. */
export const listTaskIds = (service: string): Command => ({
  args: ['service', 'ps', '--quiet', '--no-trunc', service],
})

export interface LogOf {
  /** Lines from the end; all without it. */
  readonly tail?: number
  readonly since?: string
  readonly follow?: boolean
}

/** The log of one task with times. Docker takes the id of a task where it asks for a service. */
export const logOfTask = (task: string, { tail, since, follow = false }: LogOf): Command => ({
  args: [
    ...['service', 'logs', '--raw', '--timestamps', ...(follow ? ['--follow'] : [])],
    ...(tail === undefined ? [] : ['--tail', String(tail)]),
    ...(since === undefined ? [] : ['--since', since]),
    task,
  ],
})

export const taskLog = (task: string): Command => ({ args: ['service', 'logs', '--raw', task] })
export const removeService = (service: string): Command => ({ args: ['service', 'rm', service] })

export interface NodeJob {
  readonly name: string
  readonly image: string
  /** Where the engine's socket is on each node. */
  readonly socket: string
  readonly script: string
  readonly env?: Readonly<Record<string, string>>
  readonly hostNetwork?: boolean
}

/** A task on each node that runs a script once, with the engine of the node at hand and nothing else. */
export const createNodeJob = ({
  name,
  image,
  socket,
  script,
  env = {},
  hostNetwork = false,
}: NodeJob): Command => ({
  args: [
    ...['service', 'create', '--quiet', '--detach', '--name', name, '--mode', 'global-job'],
    ...['--label', `${LABELS.kind}=node-job`, '--restart-condition', 'none', '--endpoint-mode', 'dnsrr'],
    ...['--with-registry-auth', '--no-resolve-image', '--log-driver', 'json-file'],
    ...(hostNetwork ? ['--network', 'host'] : []),
    ...[
      '--read-only',
      '--cap-drop',
      'ALL',
      '--mount',
      `type=bind,source=${socket},target=/var/run/docker.sock`,
    ],
    ...Object.entries(env).flatMap(([key, value]) => ['--env', `${key}=${value}`]),
    ...['--entrypoint', 'sh', image, '-c', script],
  ],
})

/** The id of the node whose engine is asked. */
export const ownNode = (): Command => ({ args: ['info', '--format', '{{.Swarm.NodeID}}'] })

export const execInside = (
  container: string,
  command: readonly string[],
  { tty, user }: { readonly tty: boolean; readonly user?: string },
): Command => ({
  args: [
    ...['exec', '--interactive', ...(tty ? ['--tty'] : []), ...(user === undefined ? [] : ['--user', user])],
    ...[container, ...command],
  ],
})

/** Where the swarm takes subnets from. */
export const addressPool = (): Command => ({ args: ['info', '--format', '{{json .Swarm.Cluster}}'] })
export const clientVersion = (): Command => ({ args: ['version', '--format', '{{.Client.Version}}'] })

/** A task on each node that does nothing: its node has to pull the image for it. */
export const createPullJob = (name: string, image: string): Command => ({
  args: [
    ...['service', 'create', '--quiet', '--detach', '--name', name, '--mode', 'global-job'],
    ...['--label', `${LABELS.kind}=node-job`, '--restart-condition', 'none', '--endpoint-mode', 'dnsrr'],
    ...['--with-registry-auth', '--no-resolve-image', '--read-only', '--cap-drop', 'ALL'],
    ...['--entrypoint', 'true', image],
  ],
})
