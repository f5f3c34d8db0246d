import type { Reading, Sides } from '../analysis/counters.ts'

/** What balancers counted of both versions, at one moment. */
export interface Counted {
  /** By the address of the balancer, as all here. */
  readonly reading: Reading
  readonly flaps: ReadonlyMap<string, Sides<number>>
  /** Instances that have visitors, or could. */
  readonly ready: ReadonlyMap<string, Sides<number>>
}

/** All balancers of an app that can be steered; one that does not answer is left out, and asked again the next time. */
export interface Balancers {
  /** Brings each to the word, unless it has a newer one. */
  steer(word: string): Promise<void>
  read(): Promise<Counted>
  /** Whether each has so many instances of the canary for its visitors. */
  see(instances: number): Promise<boolean>
  /** Whether no request is under way in an instance of the canary. */
  isIdle(): Promise<boolean>
}
