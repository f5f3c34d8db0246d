import { existsSync } from 'node:fs'
import { hold } from '../lock.ts'
import { type Layout, layoutOf, type Machine, TESTED } from './layout.ts'
import { makeBridge, plugIn, setCable } from './network.ts'
import { own, ownerOf, thisRun } from './owner.ts'
import { powerOff, processOf } from './power-off.ts'
import { powerOn } from './power-on.ts'
import { startRegistry } from './registry.ts'
import { clusterDown } from './remove.ts'
import { allReady, isWell, joinAll, leaderOf } from './swarm.ts'

/** A Docker Swarm of three nodes, all managers, and a registry they pull from. */
export interface Cluster {
  readonly nodes: readonly [Machine, Machine, Machine]
  /** `HOST:PORT` in names of images. */
  readonly registry: string
  /** Where nodes and their containers reach what listens on the machine that the lab runs on. */
  readonly outside: string
  /** Pulls the network cable of a node; its engine and containers run on. */
  cut(node: Machine): Promise<void>
  heal(node: Machine): Promise<void>
  /** Pulls the power: every process of the node ends at once. */
  kill(node: Machine): Promise<void>
  start(node: Machine): Promise<void>
  /** Waits until all nodes are ready, and see each other. */
  ready(): Promise<void>
  leader(): Promise<Machine>
}

let held: Promise<() => void> | undefined

const lockOf = (number: number): string => `dogfood-cluster-${number}`

/**
 * The cluster that test files share, one file after the other: one that is up is used as it is, with cables and power
 * mended; it ends with the run of tests. Until this process ends, no other gets it.
 */
export async function clusterUp(): Promise<Cluster> {
  held ??= hold(lockOf(TESTED))
  await held
  const layout = layoutOf(TESTED)
  const mended = existsSync(layout.folder) && (await mend(layout))
  if (!mended) await build(layout)
  own(layout, thisRun())
  return clusterOf(layout)
}

/** Ends the cluster of this run of tests, unless another run has taken it over. */
export async function endCluster(): Promise<void> {
  const layout = layoutOf(TESTED)
  if (ownerOf(layout) !== thisRun()) return
  const release = await hold(lockOf(TESTED))
  if (ownerOf(layout) === thisRun()) await clusterDown(layout)
  release()
}

/** Starts a cluster from nothing, over whatever an earlier one of its number left. */
export async function build(layout: Layout): Promise<void> {
  await clusterDown(layout)
  own(layout, thisRun())
  await makeBridge(layout)
  const registry = startRegistry(layout)
  await Promise.all(
    layout.machines.map(async (machine) => {
      await plugIn(layout, machine)
      await powerOn(layout, machine)
    }),
  )
  await Promise.all([registry, joinAll(layout)])
  await allReady(layout)
}

async function mend(layout: Layout): Promise<boolean> {
  const { machines } = layout
  if (machines.every((machine) => processOf(machine) === undefined)) return false
  try {
    await makeBridge(layout)
    await startRegistry(layout)
    for (const machine of machines) {
      await setCable(machine, 'up')
      await powerOn(layout, machine)
    }
    await allReady(layout)
    return await isWell(layout)
  } catch {
    return false
  }
}

export function clusterOf(layout: Layout): Cluster {
  const [first, second, third] = layout.machines
  if (!(first && second && third)) throw new Error('a cluster has three nodes')
  return {
    nodes: [first, second, third],
    registry: layout.registry.address,
    outside: layout.outside,
    cut: (node) => setCable(node, 'down'),
    heal: (node) => setCable(node, 'up'),
    kill: powerOff,
    start: (node) => powerOn(layout, node),
    ready: () => allReady(layout),
    leader: () => leaderOf(layout.machines),
  }
}
