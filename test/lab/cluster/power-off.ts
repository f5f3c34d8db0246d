import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { succeeds } from '../command.ts'
import type { Machine } from './layout.ts'

/** Pulls the plug: all that runs on the node ends at once. */
export async function powerOff(machine: Machine): Promise<void> {
  const outer = processOf(machine)
  if (outer === undefined) return
  const inner = readFileSync(`/proc/${outer}/task/${outer}/children`, 'utf8').trim()
  process.kill(outer, 'SIGKILL')
  while (existsSync(`/proc/${outer}`) || (inner && existsSync(`/proc/${inner}`))) await sleep(20)
}

/** Removes the cgroups that a node without power left. */
export async function removeCgroups({ cgroup }: Machine): Promise<void> {
  const find = ['/sys/fs/cgroup', '-depth', '-type', 'd', '-path', `*${cgroup}*`]
  await succeeds('find', [...find, '-exec', 'rmdir', '{}', ';'])
}

/** Holds the number of the process that is the node. */
export const powerFile = ({ folder }: Machine): string => join(folder, 'power')

/** The process that is the node. Numbers are given out again, so its command line has to name the node's folder. */
export function processOf(machine: Machine): number | undefined {
  if (!existsSync(powerFile(machine))) return undefined
  const pid = Number(readFileSync(powerFile(machine), 'utf8'))
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(machine.folder) ? pid : undefined
  } catch {
    return undefined
  }
}
