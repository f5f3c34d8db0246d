import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Lab } from './prepare.ts'

const MODULES: Readonly<Record<keyof Lab, readonly string[]>> = {
  docker: ['docker.ts'],
  browser: ['browser.ts'],
  machine: ['apt.ts', 'base.ts', 'engine.ts', 'lock.ts'],
  cluster: ['cluster/cluster.ts'],
}

/** What a test file needs of the lab, told by which of the lab's modules it imports, itself or through others. */
export function needsOf(file: string): (keyof Lab)[] {
  const imported = importsOf(resolve(file))
  const needs = Object.keys(MODULES) as (keyof Lab)[]
  return needs.filter((need) =>
    MODULES[need].some((module) => imported.has(join(import.meta.dirname, module))),
  )
}

/** The modules that a file imports, itself or through others; the file is one of them. */
export function importsOf(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file) || !existsSync(file)) return seen
  seen.add(file)
  for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?'(\.[^']+\.ts)'/g)) {
    importsOf(join(dirname(file), path), seen)
  }
  return seen
}
