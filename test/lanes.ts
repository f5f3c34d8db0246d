import { join } from 'node:path'
import { importsOf, needsOf } from './lab/needs.ts'

/**
 * Which tests share the machine, and how many at once. They mostly wait, but for those that measure or need all of it.
 * Chromium gives up requests whenever a container's network comes or goes (ERR_NETWORK_CHANGED), so it shares with tests
 * that start none.
 */
export const lanes = {
  production: 1,
  tls: 1,
  containers: 2,
  cluster: 1,
  browsers: 2,
  pages: 2,
  alone: 1,
} as const
export type Lane = keyof typeof lanes

/** Lanes that go on at the same time; then the next ones do. Attacks on a site have the machine to themselves. */
export const stages: readonly (readonly Lane[])[] = [
  ['production'],
  ['containers', 'tls'],
  ['cluster'],
  ['browsers'],
  ['pages'],
  ['alone'],
]

const measures = /^test\/(?:balancer\/faults|bench\/)/
const wholeSite = join(import.meta.dirname, 'e2e/whole-site.ts')
const production = join(import.meta.dirname, 'production/shared.ts')
// There is one, of three engines, and it is handed on from file to file.
const cluster = join(import.meta.dirname, 'lab/cluster/cluster.ts')

/** `file` is a test file, from the root of the project. */
export function laneOf(file: string): Lane {
  const imported = importsOf(join(import.meta.dirname, '..', file))
  if (imported.has(cluster)) return 'cluster'
  if (imported.has(wholeSite)) return 'pages'
  if (imported.has(production)) return 'production'
  const needs = needsOf(file)
  const [containers, browser] = [needs.includes('docker'), needs.includes('browser')]
  if (measures.test(file) || (containers && browser)) return 'alone'
  if (browser) return 'browsers'
  return /^test\/tls\/.*\.lab\./.test(file) ? 'tls' : 'containers'
}

/**
 * Whether any failure of the file can be that of a deadline, which a busy machine misses: where a browser is watched, an
 * attack is waited for, or testssl judges by handshakes that time out. What shows that nothing is lost, dropped or seen
 * by others fails at its first failure.
 */
export function isOfDeadlines(file: string): boolean {
  const lane = laneOf(file)
  return (
    lane === 'pages' ||
    lane === 'browsers' ||
    /^test\/(?:hostile\/(?:idle|slow)|observe\/|tls\/testssl)/.test(file)
  )
}

// Something that is lost once in many times may show as a wait in vain.
const losesNothing =
  /^test\/(?:balancer|deliveries|invites|privacy|production|rollout|sessions|signup)\/|\/signup-walk/

/** Whether a file that failed may run once more; `late` says that nothing in it was wrong but late. */
export const mayRunAgain = (file: string, late: boolean): boolean =>
  isOfDeadlines(file) || (late && !losesNothing.test(file))

/** What takes longest begins first, so that no lane ends with one of them alone. */
const longest = [
  'twenty-rollouts',
  'lighthouse',
  'vitals',
  'testssl',
  'interrupted',
  'broken-releases',
  'all-webapps-lost',
  'configuration',
  'accessibility',
  'slow',
]

const rank = (file: string): number => {
  const found = longest.findIndex((name) => file.includes(name))
  return found === -1 ? longest.length : found
}

export const longestFirst = (files: readonly string[]): string[] =>
  [...files].sort((one, other) => rank(one) - rank(other))
