import type { Component } from '../definition/model.ts'
import { duration } from './order.ts'
import type { StackDeploy, StackUpdate } from './types.ts'

type Order = StackUpdate['order']
export type Updating = Required<Pick<StackDeploy, 'update_config' | 'rollback_config'>>

/** `alone`: nothing new can start before the old ends, for its port or its folder. */
export function updateOf({ update }: Component, alone: boolean): Updating {
  const { strategy, parallelism, delaySeconds, monitorSeconds } = update
  const order = alone || strategy === 'all-at-once' ? 'stop-first' : 'start-first'
  const atOnce = strategy === 'one-by-one' ? parallelism : 0
  return updating(order, atOnce, strategy === 'one-by-one' ? delaySeconds : 0, monitorSeconds)
}

/** How a service is updated, and how it returns when that fails. */
export function updating(order: Order, parallelism: number, delay: number, monitor: number): Updating {
  const same = { parallelism, delay: duration(delay), order }
  const watched = { monitor: duration(monitor), max_failure_ratio: 0 }
  return {
    update_config: { ...same, failure_action: 'rollback', ...watched },
    rollback_config: { ...same, failure_action: 'pause', ...watched },
  }
}
