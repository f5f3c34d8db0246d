import { compareText } from './order.ts'
import { serviceChanges } from './service-changes.ts'
import type { Stack, StackService } from './types.ts'

/** Every kind of change, and whether instances are replaced for it: a closed set. */
export const changeKinds = {
  'component added': false,
  'component removed': false,
  // Somebody changed it by hand, or a deploy ended half way: nobody knows in what.
  'differs from what the release left': true,
  mode: true,
  image: true,
  command: true,
  scale: false,
  env: true,
  secret: true,
  config: true,
  limits: true,
  network: true,
  ports: true,
  volume: true,
  health: true,
  drain: true,
  containment: true,
  // Swarm moves only those instances whose node does not fit any more.
  placement: false,
  update: false,
} as const satisfies Readonly<Record<string, boolean>>

export type ChangeKind = keyof typeof changeKinds

/** One thing that a deploy would change. */
export interface Change {
  readonly kind: ChangeKind
  /** Full name of the component; of a balancer, its name in the stack. */
  readonly component: string
  /** Which one, where there can be several: the name of the variable, of the secret, of the network. */
  readonly what?: string
  readonly from?: string
  readonly to?: string
  /** Whether its instances are replaced for it. */
  readonly restarts: boolean
}

/** What deploying `to` changes where `from` runs, component by component; where nothing runs, all is added. */
export function diff(from: Stack | undefined, to: Stack): Change[] {
  const before = from?.services ?? {}
  const keys = [...new Set([...Object.keys(before), ...Object.keys(to.services)])].sort(compareText)
  return keys.flatMap((key): Change[] => {
    const [old, now] = [before[key], to.services[key]]
    if (old === undefined && now) return [whole('component added', key, now)]
    if (now === undefined && old) return [whole('component removed', key, old)]
    if (from === undefined || old === undefined || now === undefined) return []
    return serviceChanges({ stack: from, service: old }, { stack: to, service: now }).map(
      ({ kind, ...rest }) => ({ kind, component: nameOf(key, now), ...rest, restarts: changeKinds[kind] }),
    )
  })
}

/** A line for the operator. */
export function sayChange({ kind, component, what, from, to, restarts }: Change): string {
  const values = from === undefined ? (to ?? '') : to === undefined ? `${from} -> none` : `${from} -> ${to}`
  const words = [kind, what, values].filter((word) => word).join(' ')
  return `${component}: ${words}${restarts ? ' (restarts)' : ''}`
}

/** The components whose instances are replaced, each once. */
export const restarted = (changes: readonly Change[]): string[] => [
  ...new Set(changes.filter(({ restarts }) => restarts).map(({ component }) => component)),
]

/** A change of a service that its stacks do not tell of. */
export const altered = (key: string, service: StackService): Change => ({
  kind: 'differs from what the release left',
  component: nameOf(key, service),
  restarts: changeKinds['differs from what the release left'],
})

const whole = (
  kind: 'component added' | 'component removed',
  key: string,
  service: StackService,
): Change => ({
  kind,
  component: nameOf(key, service),
  [kind === 'component added' ? 'to' : 'from']: service.image,
  restarts: changeKinds[kind],
})

const nameOf = (key: string, { deploy: { labels } }: StackService): string =>
  labels['dogfood.kind'] === 'balancer' ? key : (labels['dogfood.component'] ?? key)
