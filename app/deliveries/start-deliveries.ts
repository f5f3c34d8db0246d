import type { AccountsClient } from '../accounts/accounts-client.ts'
import type { Config } from '../config/config.ts'
import type { CrmClient } from '../crm/crm-client.ts'
import type { InviteStore } from '../invites/invite-store.ts'
import type { Log } from '../logging/log.ts'
import type { Mailer } from '../mail/mailer.ts'
import type { CountAttempt } from '../metrics/delivery-metrics.ts'
import type { OutsideSystem } from '../outside/outside-error.ts'
import { type Circuit, systemCircuit } from './circuit.ts'
import { handlers } from './handlers.ts'
import { logAttempt } from './log-attempt.ts'
import { nextStep } from './retry-policy.ts'
import { type QueueName, queueNames } from './task.ts'
import type { Attempt, ConsumableQueue, Step } from './task-queue.ts'

export interface DeliveryParts {
  readonly config: Config
  readonly log: Log
  readonly queue: ConsumableQueue
  readonly invites: InviteStore
  readonly crm: CrmClient
  readonly accounts: AccountsClient
  readonly mailer: Mailer
  /** Renders a template of app/views. */
  readonly render: (template: string, context: object) => string
  /** What the site calls itself in mail. */
  readonly siteName: () => string
  readonly countAttempt?: CountAttempt | undefined
}

export interface Deliveries {
  /** Finishes or hands back what is under way; then closes the CRM client and the mailer. */
  stop(): Promise<void>
}

// A call to an outside system ends within 12 s, and Docker waits longer than this before it kills.
const finishMilliseconds = 13_000

/** Works off the queue. */
export function startDeliveries(parts: DeliveryParts): Deliveries {
  const { config, log, queue } = parts
  const circuits = {
    crm: circuitOf('crm', log),
    accounts: circuitOf('accounts', log),
    mail: circuitOf('mail', log),
  }
  const handle = handlers({ ...parts, circuits })

  async function work(name: QueueName, attempt: Attempt): Promise<Step> {
    const start = performance.now()
    const [step, error] = await handle(attempt.task, attempt).then(
      (): [Step] => [{ next: 'done' }],
      (error: unknown): [Step, unknown] => [
        nextStep(error, attempt, { now: Date.now(), random: Math.random() }),
        error,
      ],
    )
    const milliseconds = performance.now() - start
    logAttempt(log, { queue: name, ...attempt, step, error, milliseconds })
    parts.countAttempt?.(name, step, milliseconds)
    return step
  }

  const consumers = queueNames.map((name) => {
    const options = { concurrency: config.workerConcurrency, onError: troubleLog(log, name) }
    return queue.consume(name, options, (attempt) => work(name, attempt))
  })

  return {
    async stop() {
      await Promise.all(consumers.map((consumer) => consumer.stop(finishMilliseconds)))
      await Promise.all([parts.crm.close(), parts.mailer.close()])
    },
  }
}

const circuitOf = (system: OutsideSystem, log: Log): Circuit =>
  systemCircuit(system, {
    onOpen: (milliseconds) => log.warn({ system, milliseconds }, 'the system is left alone'),
    onClose: () => log.info({ system }, 'the system is back'),
  })

const quietMilliseconds = 60_000

/** A queue that is away says so with every attempt to reach it: a line a minute tells as much. */
function troubleLog(log: Log, queue: QueueName): (error: Error) => void {
  let quietUntil = 0
  return (error) => {
    if (Date.now() < quietUntil) return
    quietUntil = Date.now() + quietMilliseconds
    log.warn({ queue, err: error }, 'the queue has trouble')
  }
}
