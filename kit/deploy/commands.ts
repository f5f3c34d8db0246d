import type { Command } from '../docker.ts'
import type { ObjectKind } from '../swarm/commands.ts'
import { LABELS, type Labels } from '../swarm/labels.ts'
import { STOPPED } from './stopped.ts'

/** Puts a stack into the swarm as it is written; images have their digests, and are not asked for again. */
export const deployStack = (stack: string, file: string, { hasLogin = true } = {}): Command => ({
  args: [
    ...['stack', 'deploy', '--compose-file', '-'],
    // An empty login would take the place of the one that services have.
    ...(hasLogin ? ['--with-registry-auth'] : []),
    ...['--resolve-image', 'never', '--detach=true', stack],
  ],
  input: file,
})

export const createObject = (
  kind: ObjectKind,
  name: string,
  labels: Labels,
  input: string | Uint8Array,
  inputIs?: string,
): Command => ({
  args: [
    ...[kind, 'create'],
    ...Object.entries(labels).flatMap(([label, value]) => ['--label', `${label}=${value}`]),
    ...[name, '-'],
  ],
  input,
  ...(inputIs !== undefined && { inputIs }),
})
export const removeObjects = (kind: ObjectKind, ids: readonly string[]): Command => ({
  args: [kind, 'rm', ...ids],
})

/** Instances of services, by the services' names. */
export const scaleServices = (wanted: ReadonlyMap<string, number>): Command => ({
  args: ['service', 'scale', '--detach', ...[...wanted].map(([name, count]) => `${name}=${count}`)],
})
export const stopGlobal = (service: string): Command => ({
  args: ['service', 'update', '--detach', '--quiet', '--constraint-add', STOPPED, service],
})
/** Instances are replaced by equal ones, as its update_config has it. */
export const restartService = (service: string): Command => ({
  args: ['service', 'update', '--detach', '--quiet', '--force', service],
})
export const removeServices = (names: readonly string[]): Command => ({ args: ['service', 'rm', ...names] })

export const labelNode = (node: string, label: string): Command => ({
  args: ['node', 'update', '--label-add', `${label}=here`, node],
})

/** Bounded, as the log of a service may hang: https://github.com/moby/moby/issues/41733 */
export const endOfTaskLog = (task: string, lines: number): Command => ({
  args: ['service', 'logs', '--raw', '--tail', String(lines), task],
})
export const followServiceLog = (service: string): Command => ({
  args: ['service', 'logs', '--raw', '--follow', service],
})

export const askRegistry = (image: string): Command => ({
  args: ['buildx', 'imagetools', 'inspect', '--format', '{{.Manifest.Digest}}', image],
})
/** A service without tasks: creating it makes the engine ask the registry for the digest. */
export const createProbe = (name: string, image: string, stack: string): Command => ({
  args: [
    ...[
      'service',
      'create',
      '--detach',
      '--quiet',
      '--name',
      name,
      '--mode',
      'replicated-job',
      '--replicas',
      '0',
    ],
    ...[
      '--label',
      `${LABELS.app}=${stack}`,
      '--label',
      `${LABELS.kind}=probe`,
      '--with-registry-auth',
      image,
    ],
  ],
})
export const probedImages = (ids: readonly string[]): Command => ({
  args: [
    ...['service', 'inspect', '--format', '{{.Spec.Name}} {{.Spec.TaskTemplate.ContainerSpec.Image}}'],
    ...ids,
  ],
})

export const listNetworks = (label: string): Command => ({
  args: ['network', 'ls', '--no-trunc', '--filter', `label=${label}`, '--format', '{{json .}}'],
})
export const removeNetwork = (id: string): Command => ({ args: ['network', 'rm', id] })
/** Tasks on nodes, those of removed services too. */
export const listNodeTasks = (nodes: readonly string[]): Command => ({
  args: ['node', 'ps', '--no-trunc', '--no-resolve', '--format', '{{json .}}', ...nodes],
})
