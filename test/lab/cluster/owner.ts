import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Layout } from './layout.ts'

const BY_HAND = 'by hand'

/** Who a cluster belongs to: the run of tests that this process is part of, or a person. */
export type Owner = number | typeof BY_HAND | undefined

/** The process whose end is that of the run: Node's test runner starts a process for each file. */
export const thisRun = (): number => (process.env.NODE_TEST_CONTEXT ? process.ppid : process.pid)

export function ownerOf({ folder }: Layout): Owner {
  try {
    const owner = readFileSync(join(folder, 'owner'), 'utf8')
    return owner === BY_HAND ? BY_HAND : Number(owner)
  } catch {
    return undefined
  }
}

export function own({ folder }: Layout, owner: number | typeof BY_HAND): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'owner'), String(owner))
}

export function isGone(owner: Owner): boolean {
  if (owner === BY_HAND) return false
  try {
    return owner === undefined || !process.kill(owner, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'EPERM'
  }
}
