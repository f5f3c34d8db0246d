import type { Component, OwnVolume, Volume } from '../definition/model.ts'
import { keyWithin, shortHash, slug } from './names.ts'
import { sortedBy } from './order.ts'
import type { Plan } from './plan.ts'
import type { StackMount, StackVolume } from './types.ts'

/** Whether what it writes lies on one node: in a volume of its own or of its pod that is not shared. */
export const keepsFolders = ({ volumes }: Component): boolean =>
  volumes.some((volume) => volume.kind === 'borrowed' || !volume.shared)

/** What a component mounts: volumes, and folders in memory. */
export function mountsOf(plan: Plan, component: Component): StackMount[] {
  const volumes = component.volumes.map((volume): StackMount => {
    const { owner, path } = ownerOf(plan, component, volume)
    return { type: 'volume', source: volumeKey(plan, owner, path), target: volume.path }
  })
  const folders = component.tmpfs.map(
    ({ path, bytes }): StackMount => ({
      type: 'tmpfs',
      target: path,
      ...(bytes !== undefined && { tmpfs: { size: bytes } }),
    }),
  )
  return sortedBy([...volumes, ...engineOf(plan, component), ...folders], ({ target }) => target)
}

const SOCKET = '/var/run/docker.sock'

/** Who has it may do whatever the engine may, as whoever commands a manager can. */
const engineOf = ({ surroundings }: Plan, { control }: Component): StackMount[] =>
  control ? [{ type: 'bind', source: surroundings.engineSocket ?? SOCKET, target: SOCKET }] : []

/** The volumes of all components, by their keys. */
export const volumesOf = (plan: Plan): [string, StackVolume][] =>
  plan.components.flatMap((component) =>
    component.volumes.filter(isOwn).map(({ path, shared }): [string, StackVolume] => {
      const key = volumeKey(plan, component, path)
      if (shared) warnOfShared(plan, component, key)
      const labels = { 'dogfood.app': plan.stack, 'dogfood.component': component.fullName }
      return [key, { ...(!shared && oneAnInstance(component) && { name: nameBySlot(plan, key) }), labels }]
    }),
  )

const isOwn = (volume: Volume): volume is OwnVolume => volume.kind === 'own'

function ownerOf(plan: Plan, component: Component, volume: Volume): { owner: Component; path: string } {
  if (volume.kind === 'own') return { owner: component, path: volume.path }
  return { owner: plan.find(volume.from) ?? component, path: volume.volume }
}

function volumeKey(plan: Plan, owner: Component, path: string): string {
  const name = (own: string) => slug(own) || 'root'
  const alike = owner.volumes.filter((volume) => isOwn(volume) && name(volume.path) === name(path))
  const apart = alike.length > 1 ? `-${shortHash(path)}` : ''
  return keyWithin(plan.stack, `${plan.key(owner)}-${name(path)}${apart}`)
}

const oneAnInstance = ({ scale, placement }: Component): boolean =>
  scale.max > 1 && placement.mode === 'simple'

/** All instances are on one node: each has a volume of its own, and the first one that of a component that is not scaled. */
const nameBySlot = ({ stack }: Plan, key: string): string =>
  `${stack}_${key}{{if ne .Task.Slot "1"}}-{{.Task.Slot}}{{end}}`

function warnOfShared(
  { stack, findings }: Plan,
  { fullName, place, scale, placement }: Component,
  key: string,
): void {
  if (scale.max === 1 && placement.mode !== 'global') return
  findings.warn(
    'no-effect',
    place,
    `instances of ${fullName} share the volume ${stack}_${key} only on one machine: for all, create it on each with a ` +
      'driver that shares it, such as NFS',
  )
}
