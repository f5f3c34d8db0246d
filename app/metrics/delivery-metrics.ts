import { Counter, Histogram, type Registry } from 'prom-client'
import type { QueueName } from '../deliveries/task.ts'
import type { Step } from '../deliveries/task-queue.ts'

/** Counts an attempt to deliver, by its queue and what became of it. */
export type CountAttempt = (queue: QueueName, step: Step, milliseconds: number) => void

const bounds = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15]

/** Attempts of a worker. */
export function addDeliveryMetrics(registry: Registry): CountAttempt {
  const attempts = new Counter({
    name: 'dogfood_delivery_attempts_total',
    help: 'Attempts to deliver, by queue and what became of them.',
    labelNames: ['queue', 'outcome'],
    registers: [registry],
  })
  const durations = new Histogram({
    name: 'dogfood_delivery_duration_seconds',
    help: 'How long an attempt took, by queue.',
    labelNames: ['queue'],
    buckets: bounds,
    registers: [registry],
  })
  return (queue, step, milliseconds) => {
    attempts.inc({ queue, outcome: step.next.replaceAll(' ', '_') })
    durations.observe({ queue }, milliseconds / 1000)
  }
}
