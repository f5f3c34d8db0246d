import type { Findings } from '../fault.ts'
import { sayPort } from '../keys/ports.ts'
import type { Scale } from '../model.ts'
import { type Draft, type DraftLink, fullName } from './draft.ts'

/** The components of each pod. */
export function podsOf(drafts: readonly Draft[]): ReadonlyMap<string, readonly Draft[]> {
  const pods = Map.groupBy(
    drafts.filter(({ pod }) => pod !== undefined),
    ({ pod = '' }) => pod,
  )
  return pods
}

/** What components on one machine must not have twice, or not differently. */
export function checkPods(
  pods: ReadonlyMap<string, readonly Draft[]>,
  first: boolean,
  findings: Findings,
): void {
  for (const [pod, drafts] of pods) {
    if (first && drafts.length === 1) {
      const place = drafts[0]?.values.place
      if (place)
        findings.warn('no-effect', place, `it is alone in the pod "${pod.slice(pod.indexOf('/') + 1)}"`)
    }
    samePorts(drafts, findings)
    sameScale(drafts, findings)
    sameLinks(drafts, findings)
  }
}

function samePorts(drafts: readonly Draft[], findings: Findings): void {
  const owners = new Map<string, Draft>()
  for (const draft of drafts)
    for (const port of new Set(draft.values.ports.map(sayPort))) {
      const owner = owners.get(port)
      const message = `port ${port} is that of ${owner && fullName(owner)}, too, which is in the same pod`
      if (owner) findings.fault('conflict', draft.values.place, message)
      owners.set(port, owner ?? draft)
    }
}

function sameScale(drafts: readonly Draft[], findings: Findings): void {
  for (const key of ['min', 'max', 'placement'] as const) {
    const [first, ...others] = drafts.filter(({ scale }) => scale?.[key] !== undefined)
    const other = others.find(({ scale }) => scale?.[key] !== first?.scale?.[key])
    if (first && other)
      findings.fault(
        'conflict',
        other.scale?.place ?? other.values.place,
        `"${key}" is ${other.scale?.[key]}, and ${first.scale?.[key]} for ${fullName(first)} in the same pod`,
      )
  }
}

const aliasOf = ({ alias, component = '', app = '' }: DraftLink): string =>
  alias ?? (component || app).slice((component || app).lastIndexOf('/') + 1)

function sameLinks(drafts: readonly Draft[], findings: Findings): void {
  const targets = new Map<string, { target: string; owner: Draft }>()
  for (const draft of drafts)
    for (const link of draft.links) {
      const [alias, target] = [aliasOf(link), link.component ?? link.app ?? '']
      const before = targets.get(alias)
      if (before && before.target !== target && before.owner !== draft)
        findings.fault(
          'conflict',
          link.place,
          `"${alias}" is ${before.target} for ${fullName(before.owner)}, which is in the same pod`,
        )
      else targets.set(alias, { target, owner: draft })
    }
}

/** Numbers of instances; what a component of a pod does not say is as its pod has it. */
export function scaleOf(
  draft: Draft,
  pods: ReadonlyMap<string, readonly Draft[]>,
  findings: Findings,
): Scale {
  const min = said('min', draft, pods) ?? 1
  const max = said('max', draft, pods) ?? Math.max(1, min)
  if (min > max && !draft.scale?.broken.size) {
    const place = draft.scale?.place ?? draft.values.place
    if (said('min', draft, pods) === undefined) return { min: max, max }
    findings.fault('conflict', place, `"min" is ${min}, and "max" only ${max}`)
  }
  return { min, max }
}

export function said<Name extends 'min' | 'max' | 'placement'>(
  key: Name,
  { scale, pod }: Draft,
  pods: ReadonlyMap<string, readonly Draft[]>,
) {
  return scale?.[key] ?? pods.get(pod ?? '')?.find((each) => each.scale?.[key] !== undefined)?.scale?.[key]
}
