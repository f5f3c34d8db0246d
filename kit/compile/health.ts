import type { Health } from '../definition/model.ts'
import { duration } from './order.ts'
import type { StackHealth } from './types.ts'

/** The health check of a container; without one, that of its image. */
export function healthcheckOf(health: Health | undefined): StackHealth | undefined {
  if (health === undefined) return undefined
  if (health.test?.[0] === 'NONE') return { disable: true }
  const { test, intervalSeconds, timeoutSeconds, retries, startPeriodSeconds, startIntervalSeconds } = health
  const check = {
    ...(test && { test }),
    ...(intervalSeconds !== undefined && { interval: duration(intervalSeconds) }),
    ...(timeoutSeconds !== undefined && { timeout: duration(timeoutSeconds) }),
    ...(retries !== undefined && { retries }),
    ...(startPeriodSeconds !== undefined && { start_period: duration(startPeriodSeconds) }),
    ...(startIntervalSeconds !== undefined && { start_interval: duration(startIntervalSeconds) }),
  }
  return Object.keys(check).length === 0 ? undefined : check
}
