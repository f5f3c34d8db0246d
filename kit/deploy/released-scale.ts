import { readStack } from '../compile/read-stack.ts'
import { LABELS } from '../swarm/labels.ts'
import { currentRelease } from './current-release.ts'
import type { ScaledApp } from './scale.ts'
import type { State } from './state.ts'

/** How many instances components may have, as their release says it. */
export function releasedScale(state: Pick<State, 'releases'>): ScaledApp {
  const services = Object.values(readStack(currentRelease(state).stack).services)
  const components = services
    .filter(({ deploy }) => deploy.labels[LABELS.kind] === 'component')
    .map(({ deploy: { labels, replicas = 1 } }) => {
      const [min = replicas, max = replicas] = (labels[LABELS.scale] ?? '').match(/\d+/g)?.map(Number) ?? []
      return { fullName: labels[LABELS.component] ?? '', scale: { min, max } }
    })
  return { services: [{ components }] }
}
