import { randomFrom } from './random.ts'
import { type Scenario, scenarios } from './scenarios.ts'
import { type Outcome, simulate } from './simulate.ts'

/** How many canaries of a scenario were found worse, and how long their steps took. */
export interface Rates {
  /** Shares of all runs. */
  readonly worse: number
  /** Before the canary had its second step for one hold. */
  readonly inTime: number
  /** Mean seconds of the first step, and of all. */
  readonly first: number
  readonly all: number
  /** Mean seconds after which the last step ended that began in each run. */
  readonly last: number
}

const HOLD = 120

/** Runs a scenario so many times; the same seed gives the same rates. */
export function ratesOf(scenario: Scenario, runs: number, seed: number): Rates {
  const random = randomFrom(seed)
  const outcomes = Array.from({ length: runs }, () => simulate(random, scenario(random)))
  const mean = (of: (outcome: Outcome) => number) =>
    outcomes.reduce((sum, outcome) => sum + of(outcome), 0) / runs
  return {
    worse: mean(({ kind }) => Number(kind === 'worse')),
    inTime: mean(({ kind, step, seconds }) =>
      Number(kind === 'worse' && (step === 1 || (step === 2 && seconds <= HOLD))),
    ),
    first: mean(({ steps }) => steps[0] ?? 0),
    last: mean(({ seconds }) => seconds),
    all: mean(({ steps }) => steps.reduce((sum, one) => sum + one, 0)),
  }
}

/** `node error-rates.ts RUNS [WORD] [SEED]`: the rates of all scenarios with this word in their names. */
if (import.meta.main) {
  const [runs = '100', word = '', seed = '1'] = process.argv.slice(2)
  for (const [group, members] of Object.entries(scenarios))
    for (const [name, scenario] of Object.entries(members))
      if (`${group}: ${name}`.includes(word))
        console.log(`${group}: ${name}`, JSON.stringify(ratesOf(scenario, Number(runs), Number(seed))))
}
