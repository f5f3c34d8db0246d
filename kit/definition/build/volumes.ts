import type { Findings } from '../fault.ts'
import type { BorrowedVolume, OwnVolume, Volume } from '../model.ts'
import { type Draft, fullName } from './draft.ts'
import { hint, type Names } from './links.ts'

type Written = Exclude<Draft['values']['volumes'][number], string>

/** The volumes of a component, its own and those of others in its pod, taken apart until each has an owner. */
export function volumesOf(draft: Draft, names: Names, findings: Findings): readonly Volume[] {
  const volumes = resolve(draft, names, findings, [])
  const seen = new Set<string>()
  for (const { path } of volumes) {
    if (seen.has(path))
      findings.fault('conflict', draft.values.place, `two volumes have the path "${path}" in it`)
    seen.add(path)
  }
  return volumes
}

function resolve(draft: Draft, names: Names, findings: Findings, trail: readonly Draft[]): Volume[] {
  if (trail.includes(draft)) {
    const circle = [...trail.slice(trail.indexOf(draft)), draft].map(fullName).join(' -> ')
    findings.fault('cycle', draft.values.place, `components take their volumes from each other: ${circle}`)
    return []
  }
  return draft.values.volumes.flatMap((volume) =>
    typeof volume === 'string'
      ? [{ kind: 'own', path: folder(volume), shared: false } as const]
      : fromObject(volume, draft, names, findings, trail),
  )
}

function fromObject(
  volume: Written,
  draft: Draft,
  names: Names,
  findings: Findings,
  trail: readonly Draft[],
): Volume[] {
  const { path, size, shared, place, broken } = volume
  const [all, one, theirs] = [volume['volumes-from'], volume['volume-from'], volume['volume-path']]
  const fault = refused(volume)
  if (fault !== undefined) {
    if (broken.size === 0) findings.fault('conflict', place, fault)
    return []
  }
  const from = all ?? one
  if (from === undefined) return [own(path ?? '', size, shared)]
  // A fault of the lender is told with the lender.
  const quiet = trail.length > 0
  const lender = lenderOf(from, draft, names)
  if (typeof lender === 'string') {
    if (!quiet) findings.fault(lender.startsWith('there') ? 'unknown-name' : 'conflict', place, lender)
    return []
  }
  const lent = resolve(lender, names, findings, [...trail, draft]).map((each) => borrowed(each, lender))
  if (all !== undefined) return lent
  const wanted = lent.find((each) => each.path === folder(theirs ?? ''))
  if (wanted) return [{ ...wanted, path: folder(path ?? theirs ?? '') }]
  if (!quiet && !lender.values.broken.has('volumes'))
    findings.fault('unknown-name', place, `"${from}" has no volume with the path "${theirs}"`)
  return []
}

const own = (path: string, bytes: number | undefined, shared: boolean): OwnVolume => ({
  kind: 'own',
  path: folder(path),
  ...(bytes !== undefined && { bytes }),
  shared,
})

const borrowed = (volume: Volume, lender: Draft): BorrowedVolume =>
  volume.kind === 'borrowed'
    ? volume
    : { kind: 'borrowed', from: fullName(lender), volume: volume.path, path: volume.path }

const folder = (path: string): string => (path.length > 1 ? path.replace(/\/+$/, '') : path)

function lenderOf(from: string, draft: Draft, names: Names): Draft | string {
  const lender = names.find(from, draft)
  if (lender === undefined) return `there is no component "${from}"${hint(from, names)}`
  if (lender === draft) return 'a component can not take volumes from itself'
  if (lender.pod === undefined || lender.pod !== draft.pod)
    return `volumes of "${from}" can be had only in one pod with it: give both the same "pod"`
  return lender
}

/** What does not go together, of the three forms that there are. */
function refused(volume: Written): string | undefined {
  const has = (name: string) => volume.written.has(name)
  if (has('volumes-from'))
    return ['path', 'size', 'volume-from', 'volume-path'].some(has)
      ? '"volumes-from" stands alone: it has all volumes at their own paths'
      : undefined
  if (has('volume-from')) {
    if (has('size')) return '"volume-from" takes no "size": it is that of the other component'
    return has('volume-path') ? undefined : '"volume-from" needs "volume-path"'
  }
  if (has('volume-path')) return '"volume-path" needs "volume-from"'
  return has('path') ? undefined : 'expected "path", "volumes-from" or "volume-from"'
}
