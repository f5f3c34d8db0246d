import type { ChangeKind } from './diff.ts'
import { compareText } from './order.ts'
import type { Stack, StackFile, StackFileUse, StackMount, StackService } from './types.ts'

/** A service, in the stack that knows what its secrets and configs are. */
export interface Placed {
  readonly stack: Stack
  readonly service: StackService
}

export interface ServiceChange {
  readonly kind: ChangeKind
  readonly what?: string
  readonly from?: string
  readonly to?: string
}

type Facts = ReadonlyMap<string, string>

/** Of each kind, all that a service says of it: name and value. */
const facts: readonly (readonly [ChangeKind, (placed: Placed) => Facts])[] = [
  ['mode', ({ service: { deploy } }) => single(deploy.mode)],
  ['image', ({ service: { image } }) => single(image)],
  ['command', ({ service }) => named({ entrypoint: service.entrypoint, args: service.command })],
  ['scale', ({ service: { deploy } }) => single(deploy.mode === 'replicated' ? deploy.replicas : undefined)],
  ['env', ({ service }) => named(service.environment ?? {})],
  ['secret', ({ stack, service }) => files(service.secrets, stack.secrets)],
  ['config', ({ stack, service }) => files(service.configs, stack.configs)],
  ['limits', ({ service: { deploy } }) => named(deploy.resources?.limits ?? {})],
  ['network', ({ service }) => networks(service)],
  ['ports', ({ service }) => ports(service)],
  ['volume', ({ stack, service }) => volumes(stack, service)],
  ['health', ({ service }) => named(service.healthcheck ?? {})],
  ['drain', ({ service }) => named({ time: service.stop_grace_period, signal: service.stop_signal })],
  [
    'containment',
    ({ service }) => named({ init: service.init, 'read-only': service.read_only, dropped: service.cap_drop }),
  ],
  ['placement', ({ service: { deploy } }) => named(deploy.placement ?? {})],
  ['update', ({ service: { deploy } }) => named(deploy.update_config ?? {})],
]

/** What differs between two states of one service, in the order of the kinds. */
export const serviceChanges = (from: Placed, to: Placed): ServiceChange[] =>
  facts.flatMap(([kind, read]) => changes(kind, read(from), read(to)))

function changes(kind: ChangeKind, from: Facts, to: Facts): ServiceChange[] {
  const names = [...new Set([...from.keys(), ...to.keys()])].sort(compareText)
  return names.flatMap((name) => {
    const [old, now] = [from.get(name), to.get(name)]
    if (old === now) return []
    return [
      {
        kind,
        ...(name !== '' && { what: name }),
        ...(old !== undefined && { from: old }),
        ...(now !== undefined && { to: now }),
      },
    ]
  })
}

const single = (value: string | number | undefined): Facts =>
  new Map(value === undefined ? [] : [['', String(value)]])

const named = (values: object): Facts =>
  new Map(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  )

/** By its target: the name of the Swarm object, and the mode where it is not the usual one. */
const files = (uses: readonly StackFileUse[] = [], all: Readonly<Record<string, StackFile>>): Facts =>
  new Map(
    uses.map(({ source, target, mode }) => {
      const name = all[source]?.name ?? source
      return [target, mode === 0o444 ? name : `${name} (${mode.toString(8)})`]
    }),
  )

const networks = ({ networks = {}, hostname }: StackService): Facts =>
  new Map([
    ...(hostname === undefined ? [] : [['host name', hostname] as const]),
    ...Object.entries(networks).map(
      ([name, { aliases = [] }]) =>
        [name, aliases.length > 0 ? `as ${aliases.join(', ')}` : 'attached'] as const,
    ),
  ])

const ports = ({ ports = [] }: StackService): Facts =>
  new Map(ports.map(({ published, target, protocol }) => [String(published), `to ${target}/${protocol}`]))

function mounted(stack: Stack, mount: StackMount): string {
  if (mount.type === 'volume') return stack.volumes[mount.source]?.name ?? mount.source
  if (mount.type === 'bind') return `${mount.source} of the node`
  return `in memory${mount.tmpfs ? `, ${mount.tmpfs.size} bytes` : ''}`
}

const volumes = (stack: Stack, { volumes = [] }: StackService): Facts =>
  new Map(volumes.map((mount) => [mount.target, mounted(stack, mount)]))
