import { nameOf, type Readable } from './line.ts'

/** Says whose log could not be read. */
export const sayMissing = ({ source, task }: Readable): string =>
  `Missing: what ${nameOf(source)} wrote, as ${source.node} does not answer for it. ` +
  `Try \`docker service logs ${task.id.slice(0, 12)}\`.`

/** Says that instances have as many lines as are read of each, and perhaps more. */
export function sayFull(tasks: readonly Readable[], tail: number): string {
  const names = new Set(tasks.map(({ source }) => nameOf(source)))
  return (
    `Perhaps left out: what ${[...names].join(', ')} wrote before the last ${tail} lines; ` +
    'more of one instance are not read here. Ask for a later time.'
  )
}

/** Says that all lines until a time are left out. */
export const sayLeftOut = (time: string, bytes: number): string =>
  `Left out: what was written until ${time.slice(0, 23)}Z, as all of it has more than ${bytes / 1e6} MB. ` +
  'Name a component, or ask for fewer lines.'

/** Says that an instance started while as many as may be are followed. */
export const sayWaiting = ({ source }: Readable, most: number): string =>
  `Not followed yet: ${nameOf(source)}, as ${most} instances are; it is as soon as one of them ends.`
