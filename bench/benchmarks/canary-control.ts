import { setTimeout as wait } from 'node:timers/promises'
import { docker } from '../../test/lab/docker.ts'
import { until } from '../../test/until.ts'
import type { Benchmark, Row } from '../benchmark.ts'
import { needDocker } from '../drills/need-docker.ts'
import { megabytesIn } from '../front/memory.ts'
import { processesIn, processorTime } from '../front/processor.ts'
import { median } from '../median.ts'
import { inSimulatedSwarm, type SimulatedSwarm } from '../simulated-swarm.ts'

const numbers = { balancers: 100, slow: 10, silent: 10 } as const
const states = 20
const watchedSeconds = 60
const mostSeconds = 2
const mostMegabytes = 80

/** What control does with many balancers, and what it takes for it. */
export const canaryControl: Benchmark = {
  title: `Control during a canary with ${numbers.balancers} balancers, ${numbers.slow} of them slow and ${numbers.silent} silent`,
  how: () =>
    `${states} states, each written at another moment of its round; memory as docker stats counts it, the most in ${watchedSeconds} s.`,
  async run() {
    await needDocker()
    return inSimulatedSwarm(numbers, async (swarm) => {
      const seconds = await convergence(swarm)
      const { megabytes, percent } = await consumption(swarm.control)
      return rowsOf(seconds, megabytes, percent)
    })
  },
}

/** Seconds for each state, after control has found all balancers. */
async function convergence({ converge }: SimulatedSwarm): Promise<number[]> {
  await until(async () => (await converge()) < 1000 * mostSeconds, 'control to find all balancers', 60)
  const seconds: number[] = []
  for (let state = 0; state < states; state++) {
    await wait(500 + ((state * 137) % 1000))
    seconds.push((await converge()) / 1000)
  }
  return seconds
}

/** The most memory, and how much of a processor. */
async function consumption(control: string): Promise<{ megabytes: number; percent: number }> {
  const processes = await processesIn(control)
  const begun = performance.now()
  const before = processorTime(processes)
  let megabytes = 0
  while (performance.now() - begun < 1000 * watchedSeconds) {
    const usage = await docker('stats', '--no-stream', '--format', '{{.MemUsage}}', control)
    megabytes = Math.max(megabytes, megabytesIn(usage))
    await wait(1000)
  }
  const milliseconds = (processorTime(processes) - before) / 1e6
  return { megabytes, percent: (100 * milliseconds) / (performance.now() - begun) }
}

const rowsOf = (seconds: readonly number[], megabytes: number, percent: number): Row[] => [
  {
    ...{ key: 'median', name: 'until the last that lives has a word: median', unit: 's' },
    value: median(seconds),
  },
  {
    ...{ key: 'slowest', name: 'the slowest', unit: 's' },
    value: Math.max(...seconds),
    goal: { of: 'value', most: mostSeconds },
  },
  {
    ...{ key: 'memory', name: 'memory of control', unit: 'MB' },
    value: megabytes,
    goal: { of: 'value', most: mostMegabytes },
    facts: { processorPercent: Number(percent.toFixed(1)) },
  },
]
