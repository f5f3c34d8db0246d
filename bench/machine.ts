import { availableParallelism, loadavg } from 'node:os'

const quietLoad = 0.5

export const describeMachine = (): string =>
  `Node ${process.versions.node} on ${availableParallelism()} cores, load generator on the same machine`

/** Other work on the machine takes from both sides, but not evenly. */
export function warnIfBusy(): void {
  const [lastMinute = 0] = loadavg()
  if (lastMinute > quietLoad) {
    console.log(`The machine is busy (load ${lastMinute.toFixed(1)}): expect noise, and measure again.`)
  }
}
