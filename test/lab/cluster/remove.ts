import { existsSync, readdirSync, rmSync } from 'node:fs'
import { clustersFolder, type Layout, layoutOf, numbersIn } from './layout.ts'
import { removeBridge, unplug } from './network.ts'
import { isGone, ownerOf } from './owner.ts'
import { powerOff, removeCgroups } from './power-off.ts'
import { removeRegistry } from './registry.ts'

/** Removes clusters of test runs that are gone. */
export async function removeLeftClusters(): Promise<void> {
  const names = existsSync(clustersFolder) ? readdirSync(clustersFolder) : []
  for (const layout of numbersIn(names).map(layoutOf)) if (isGone(ownerOf(layout))) await clusterDown(layout)
}

/** Ends a cluster whatever state it is in, and removes all it kept. */
export async function clusterDown(layout: Layout): Promise<void> {
  await Promise.all(layout.machines.map(powerOff))
  for (const machine of layout.machines) {
    await unplug(machine)
    await removeCgroups(machine)
  }
  await removeRegistry(layout)
  await removeBridge(layout)
  rmSync(layout.folder, { recursive: true, force: true })
}
