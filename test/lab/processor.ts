import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where version 1 of the control groups shares out the processor. */
const GROUPS = '/sys/fs/cgroup/cpu'

/** What one process counts for, or one group without a weight of its own. */
const ONE = 1024

/**
 * Has containers compete with an engine that the lab started as they would on a machine with systemd, which gives each
 * container and the engine a group of its own. Left to itself, each thread of the engine would count as much as all
 * containers together, and whatever it builds or starts would slow those that serve.
 */
export function shareProcessor(engine: number): void {
  if (!existsSync(join(GROUPS, 'cpu.shares'))) return
  const [its, containers] = ['dogfood-engine', 'docker'].map((name) => join(GROUPS, name)) as [string, string]
  for (const group of [its, containers]) mkdirSync(group, { recursive: true })
  // As many as the production site has containers that are always at work.
  writeFileSync(join(containers, 'cpu.shares'), String(8 * ONE))
  writeFileSync(join(its, 'cgroup.procs'), String(engine))
}
