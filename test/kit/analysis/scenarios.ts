import { bucketChances, type LatencyModel, latencyModels, slowed, slowedTail } from './latency-models.ts'
import { binomial, normal, type Random } from './random.ts'
import type { SimulatedVersion, Site } from './simulate.ts'

/** A site for one run; what is random for the whole run is drawn here. */
export type Scenario = (random: Random) => Site

/** Requests a second of scenarios that say no other. */
const TRAFFIC = 1000

const { lognormal, heavyTail, hitsAndMisses } = latencyModels
const FEW = 0.002

/** Both versions are the same. */
const same = {
  'no errors': site(version(0)),
  'few errors': site(version(FEW)),
  '0.9 % errors': site(version(0.009)),
  '5 % errors': site(version(0.05)),
  'heavy tail': site(version(FEW, heavyTail)),
  'hits and misses': site(version(FEW, hitsAndMisses)),
  'both fail for 20 s': site({ ...version(FEW), failures: incident }),
  'both are slow at times': (random: Random) => site(slowAtTimes(random, 0.3))(random),
  'few visitors': but({ traffic: 25, every: 60 }, site(version(FEW))),
  'few visitors, steps of 10, 50, 100': but(
    { traffic: 25, every: 10, steps: [0.1, 0.5, 1] },
    site(version(FEW)),
  ),
} satisfies Readonly<Record<string, Scenario>>

/** The canary has 2 points more errors, or 1.5 times the p95. */
const worse = {
  'errors 0 to 2 %': site(version(0.02), version(0)),
  'errors 0.1 to 2.1 %': site(version(0.021), version(0.001)),
  'errors 0.9 to 2.9 %': site(version(0.029), version(0.009)),
  'errors 5 to 7 %': site(version(0.07), version(0.05)),
  'all slower': slower(slowed, lognormal),
  'tail slower': slower(slowedTail, lognormal),
  'heavy tail, all slower': slower(slowed, heavyTail),
  'heavy tail, tail slower': slower(slowedTail, heavyTail),
  'hits and misses, all slower': slower(slowed, hitsAndMisses),
  'hits and misses, misses slower': slower(slowedTail, hitsAndMisses),
  'few visitors, errors 0.9 to 2.9 %': but({ traffic: 25, every: 60 }, site(version(0.029), version(0.009))),
  'few visitors, tail slower': but({ traffic: 25, every: 60 }, slower(slowedTail, lognormal)),
  'many visitors, errors 0.9 to 2.9 %': but({ traffic: 20_000 }, site(version(0.029), version(0.009))),
  'many visitors, tail slower': but({ traffic: 20_000 }, slower(slowedTail, lognormal)),
} satisfies Readonly<Record<string, Scenario>>

/** The canary is worse, but within the limits or at them. */
const between = {
  'half a point more errors': site(version(0.007), version(FEW)),
  'one point more errors': site(version(0.012), version(FEW)),
  'p95 1.1 times': site(version(FEW, slowed(lognormal, 1.1)), version(FEW)),
  'p95 1.2 times': site(version(FEW, slowed(lognormal, 1.2)), version(FEW)),
} satisfies Readonly<Record<string, Scenario>>

/** Both versions are the same, but requests do not fail or take long by themselves. */
const dependent = {
  'errors in clumps of 4': site({ ...version(FEW), failures: clumps(FEW, 4) }),
  'errors in clumps of 20': site({ ...version(FEW), failures: clumps(FEW, 20) }),
  '2 % errors in clumps of 4': site({ ...version(0.02), failures: clumps(0.02, 4) }),
  '2 % errors in clumps of 20': site({ ...version(0.02), failures: clumps(0.02, 20) }),
  'each is slow at times of its own, by a tenth': ownSlowTimes(0.1),
  'each is slow at times of its own, by a third': ownSlowTimes(0.3),
} satisfies Readonly<Record<string, Scenario>>

/** Seconds. It turns worse in the middle of a minute, which is what is judged by itself. */
const [LONG, TURN] = [1800, 1225]
const bad = version(0.022)
const slow = version(FEW, slowed(lognormal, 1.5))
const turning = (into: SimulatedVersion, change: Partial<Site> = {}, share = 1) =>
  but({ long: { share, seconds: LONG, turns: { after: TURN, into } }, ...change }, site(version(FEW)))
const lasting = (change: Partial<Site>, scenario: Scenario, share = 1) =>
  but({ long: { share, seconds: LONG }, ...change }, scenario)

/** A share that lasts half an hour, as one that is paused; where the version turns worse, it does so after 20 minutes. */
const long = {
  'the same at 100 %': lasting({}, site(version(FEW))),
  'the same at 25 %': lasting({}, site(version(FEW)), 0.25),
  'the same at 100 %, 0.9 % errors': lasting({}, site(version(0.009))),
  'the same at 100 %, heavy tail': lasting({}, site(version(FEW, heavyTail))),
  'the same at 100 %, few visitors': lasting({ traffic: 25, steps: [0.1, 1] }, site(version(FEW))),
  'the same at 100 %, slow at times': (random: Random) => lasting({}, site(slowAtTimes(random, 0.3)))(random),
  'at 100 %, 2 points more errors': turning(bad),
  'at 100 %, all slower': turning(slow),
  'at 100 %, nothing answers': turning(version(1)),
  'at 100 %, few visitors, 2 points more errors': turning(bad, { traffic: 25, steps: [0.1, 1] }),
  'at 100 %, few visitors, all slower': turning(slow, { traffic: 25, steps: [0.1, 1] }),
  'at 25 %, 2 points more errors': turning(bad, {}, 0.25),
  'at 25 %, all slower': turning(slow, {}, 0.25),
  'at 25 %, nothing answers': turning(version(1), {}, 0.25),
} satisfies Readonly<Record<string, Scenario>>

export const scenarios = { same, worse, between, dependent, long }

function version(errors: number, model: LatencyModel = lognormal): SimulatedVersion {
  const chances = bucketChances(model)
  return { errors, chances: () => chances }
}

function site(canary: SimulatedVersion, old: SimulatedVersion = canary): Scenario {
  return () => ({ traffic: TRAFFIC, canary, old })
}

/** The scenario with other traffic, steps or looks. */
function but(change: Partial<Site>, scenario: Scenario): Scenario {
  return (random) => ({ ...scenario(random), ...change })
}

function slower(how: (model: LatencyModel, times: number) => LatencyModel, model: LatencyModel): Scenario {
  return site(version(FEW, how(model, 1.5)), version(FEW, model))
}

/** A store that both need is away from second 40 to 60. */
function incident(random: Random, requests: number, seconds: number): number {
  return binomial(random, requests, seconds > 40 && seconds <= 60 ? 0.3 : FEW)
}

/** Failures come to a visitor several at a time, so many on average (a geometric number). */
function clumps(errors: number, size: number) {
  return (random: Random, requests: number): number => {
    let failed = 0
    for (let clump = binomial(random, requests, errors / size); clump > 0; clump -= 1)
      failed += 1 + Math.floor(Math.log(1 - random()) / Math.log(1 - 1 / size))
    return Math.min(requests, failed)
  }
}

/** In each interval everything takes another time; `spread` is of the logarithm. */
function slowAtTimes(random: Random, spread: number): SimulatedVersion {
  const drawn = new Map<number, number[]>()
  const chances = (seconds: number) => {
    const known = drawn.get(seconds) ?? bucketChances(slowed(lognormal, Math.exp(spread * normal(random))))
    drawn.set(seconds, known)
    return known
  }
  return { errors: FEW, chances }
}

function ownSlowTimes(spread: number): Scenario {
  return (random) => ({
    traffic: TRAFFIC,
    canary: slowAtTimes(random, spread),
    old: slowAtTimes(random, spread),
  })
}
