import { readStack } from '../compile/read-stack.ts'
import { LABELS } from '../swarm/labels.ts'
import type { State } from './state.ts'

/** Full name of a component -> instances that it has; where it is stopped, as many as it had in its release. */
export function runningCounts({ services, releases }: State): ReadonlyMap<string, number> {
  const [release] = releases
  const released = Object.values(release ? readStack(release.stack).services : {}).flatMap(({ deploy }) =>
    deploy.labels[LABELS.kind] === 'component' && deploy.mode === 'replicated'
      ? [[deploy.labels[LABELS.component] ?? '', deploy.replicas ?? 1] as const]
      : [],
  )
  const running = services.flatMap(({ component, kind, mode, replicas = 0 }) =>
    kind === 'component' && mode === 'replicated' && replicas > 0 ? [[component, replicas] as const] : [],
  )
  return new Map([...released, ...running])
}
