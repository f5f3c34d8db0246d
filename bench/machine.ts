import { availableParallelism, loadavg } from 'node:os'

const quietLoad = 0.5
const numbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'] as const

export const describeMachine = (): string =>
  `Node ${process.versions.node} on ${availableParallelism()} cores, load generator on the same machine`

/** The same for a sentence on a page. */
export function machineInWords(cores = availableParallelism()): string {
  return `${numbers[cores] ?? cores} ${cores === 1 ? 'core' : 'cores'}, shared with the load generator`
}

/** Other work on the machine takes from both sides, but not evenly. */
export function warnIfBusy(): void {
  const [lastMinute = 0] = loadavg()
  if (lastMinute > quietLoad) {
    console.log(`The machine is busy (load ${lastMinute.toFixed(1)}): expect noise, and measure again.`)
  }
}
