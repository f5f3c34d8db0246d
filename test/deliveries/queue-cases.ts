import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import type { QueueName, Task } from '../../app/deliveries/task.ts'
import type { Attempt, ConsumableQueue, Consumer, Step } from '../../app/deliveries/task-queue.ts'
import { until } from '../until.ts'
import { adaId, requestTask } from './working.ts'

const contact = (id: string, inviteId = 'somebody'): Task => ({ kind: 'contact', id, inviteId, version: 1 })
const done: Step = { next: 'done' }

/** Takes from a queue what a test has to tell about, and stops with it. */
export interface Taking {
  readonly attempts: Attempt[]
  readonly ids: () => string[]
}

export interface QueueCase {
  readonly queue: ConsumableQueue
  /** Works off one of the queues; `step` says what becomes of an attempt. */
  take(step: (attempt: Attempt) => Step | Promise<Step>, concurrency?: number, name?: QueueName): Taking
}

export async function runCase(
  queue: ConsumableQueue,
  check: (parts: QueueCase) => Promise<void>,
): Promise<void> {
  const consumers: Consumer[] = []
  const take: QueueCase['take'] = (step, concurrency = 5, name = 'crm') => {
    const attempts: Attempt[] = []
    const work = async (attempt: Attempt) => {
      attempts.push(attempt)
      return step(attempt)
    }
    consumers.push(queue.consume(name, { concurrency, onError: () => {} }, work))
    return { attempts, ids: () => attempts.map(({ task }) => task.id) }
  }
  try {
    await check({ queue, take })
  } finally {
    await Promise.all(consumers.map((consumer) => consumer.stop(1000)))
  }
}

const isEmpty = async (queue: ConsumableQueue): Promise<boolean> => {
  const counts = Object.values(await queue.counts())
  return counts.every(({ waiting, active, retry }) => waiting + active + retry === 0)
}

/** What every queue of tasks does, by the sentence that says so. */
export const queueCases: Readonly<Record<string, (parts: QueueCase) => Promise<void>>> = {
  'tasks are taken in the order in which they were added': async ({ queue, take }) => {
    for (const id of ['a', 'b', 'c']) await queue.add(contact(id))
    const taking = take(() => done, 1)
    await until(() => isEmpty(queue), 'an empty queue')
    assert.deepEqual(taking.ids(), ['a', 'b', 'c'])
  },
  'a task is handed over as it was added, with the time': async ({ queue, take }) => {
    const before = Date.now()
    const task = requestTask({ name: 'Łukasz "日本" 🍯' })
    await queue.add(task)
    const taking = take(() => done, 1, 'requests')
    await until(() => isEmpty(queue), 'an empty queue')
    const [{ addedAt, ...attempt } = assert.fail()] = taking.attempts
    assert.deepEqual(attempt, { task, attempt: 1, triedSince: addedAt })
    assert.ok(addedAt >= before && addedAt <= Date.now())
  },
  'a task that is added twice is done once': async ({ queue, take }) => {
    await Promise.all([queue.add(contact('a')), queue.add(contact('a'))])
    const taking = take(() => done)
    await until(() => isEmpty(queue), 'an empty queue')
    assert.deepEqual(taking.ids(), ['a'])
  },
  'what the CRM tells again after it was done is known': async ({ queue, take }) => {
    const told: Task = { kind: 'invited in the CRM', id: 'hook-1', crmId: '17' }
    const taking = take(() => done)
    await queue.add(told)
    await until(async () => taking.attempts.length === 1, 'the first')
    await until(() => isEmpty(queue), 'an empty queue')
    await queue.add(told)
    await wait(100)
    assert.deepEqual(taking.ids(), ['hook-1'])
  },
  'a task with a delay is not taken before': async ({ queue, take }) => {
    const begun = Date.now()
    await queue.add(contact('later'), { delaySeconds: 0.3 })
    await queue.add(contact('now'))
    const taking = take(() => done)
    await until(() => isEmpty(queue), 'an empty queue')
    assert.deepEqual(taking.ids(), ['now', 'later'])
    assert.ok(Date.now() - begun >= 300)
  },
  'a task that failed is taken again after its time, as the next attempt': async ({ queue, take }) => {
    await queue.add(contact('a'))
    const times: number[] = []
    const taking = take(({ attempt }) => {
      times.push(Date.now())
      return attempt < 3 ? { next: 'retry', milliseconds: 200, reason: 'no' } : done
    })
    await until(() => isEmpty(queue), 'an empty queue')
    const [first, second, third] = taking.attempts
    assert.deepEqual([first?.attempt, second?.attempt, third?.attempt], [1, 2, 3])
    assert.equal(first?.addedAt, third?.addedAt)
    assert.ok((times[2] ?? 0) - (times[0] ?? 0) >= 390)
  },
  'a task that is put off is taken again, which is no attempt, and others are taken meanwhile': async (
    parts,
  ) => {
    const { queue, take } = parts
    await queue.add(contact('a'))
    await queue.add(contact('b'))
    let times = 0
    const isFirst = ({ task }: Attempt) => task.id === 'a' && ++times === 1
    const taking = take((attempt) => (isFirst(attempt) ? { next: 'put off', milliseconds: 300 } : done), 1)
    await until(() => isEmpty(queue), 'an empty queue')
    assert.deepEqual(taking.ids(), ['a', 'b', 'a'])
    assert.equal(taking.attempts.at(-1)?.attempt, 1)
  },
  'a consumer that cannot ask a system takes nothing meanwhile, which is no attempt': async ({
    queue,
    take,
  }) => {
    for (const id of ['a', 'b', 'c']) await queue.add(contact(id))
    const begun = Date.now()
    const taking = take(() => (Date.now() - begun < 500 ? { next: 'wait', milliseconds: 600 } : done), 1)
    await until(() => isEmpty(queue), 'an empty queue')
    assert.deepEqual(taking.ids(), ['a', 'a', 'b', 'c'])
    assert.ok(taking.attempts.every(({ attempt }) => attempt === 1))
    assert.ok(Date.now() - begun >= 600)
  },
  'a task that makes the queue wait is taken behind the others, as the next attempt': async (parts) => {
    const { queue, take } = parts
    for (const id of ['a', 'b', 'c']) await queue.add(contact(id))
    const times: number[] = []
    const taking = take(({ task, attempt }) => {
      times.push(Date.now())
      const isFirst = task.id === 'a' && attempt === 1
      return isFirst ? { next: 'retry', milliseconds: 600, reason: 'a limit', pause: 600 } : done
    }, 1)
    await until(() => isEmpty(queue), 'an empty queue')
    assert.deepEqual(taking.ids(), ['a', 'b', 'c', 'a'])
    assert.equal(taking.attempts.at(-1)?.attempt, 2)
    assert.ok((times[1] ?? 0) - (times[0] ?? 0) >= 590)
  },
  'a shorter wait does not end a longer one': async ({ queue, take }) => {
    await queue.add(contact('long'))
    await queue.add(contact('short'))
    const begun = Date.now()
    const steps: Record<string, number> = { long: 900, short: 50 }
    take(async ({ task }) => {
      if (Date.now() - begun >= 850) return done
      if (task.id === 'short') await wait(200)
      return { next: 'wait', milliseconds: steps[task.id] ?? 0 }
    })
    await until(() => isEmpty(queue), 'an empty queue')
    assert.ok(Date.now() - begun >= 850, `${Date.now() - begun} ms`)
  },
  'while one queue waits the others go on': async ({ queue, take }) => {
    await queue.add(contact('a'))
    await queue.add({ kind: 'mail', id: 'mail', inviteId: 'somebody', mail: 'invite' })
    take(() => ({ next: 'wait', milliseconds: 60_000 }))
    const mails = take(() => done, 5, 'mail')
    await until(async () => mails.attempts.length === 1, 'the mail')
    assert.equal((await queue.counts()).mail.waiting, 0)
  },
  'what is given up is counted as a dead letter and taken no more': async ({ queue, take }) => {
    const taking = take(() => ({ next: 'give up', reason: 'the CRM does not want it' }))
    await queue.add(contact('a'))
    await until(async () => (await queue.counts()).crm.deadLetter === 1, 'a dead letter')
    assert.deepEqual((await queue.counts()).crm, { waiting: 0, active: 0, retry: 0, deadLetter: 1 })
    await queue.add(contact('a'))
    await wait(100)
    assert.deepEqual(taking.ids(), ['a'])
  },
  'counts tell what waits, what is under way and what is tried again': async ({ queue, take }) => {
    for (const id of ['a', 'b', 'c']) await queue.add(contact(id))
    let end = (_step: Step) => {}
    const ended = new Promise<Step>((resolve) => {
      end = resolve
    })
    take(({ task }) => (task.id === 'a' ? ended : { next: 'retry', milliseconds: 60_000, reason: '' }), 1)
    const { active, waiting } = await untilActive(queue)
    assert.deepEqual([active, waiting], [1, 2])
    end(done)
    await until(async () => (await queue.counts()).crm.retry === 2, 'the retries')
  },
  'no more than so many are under way at a time': async ({ queue, take }) => {
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) await queue.add(contact(id))
    let most = 0
    let now = 0
    take(async () => {
      now += 1
      most = Math.max(most, now)
      await wait(20)
      now -= 1
      return done
    }, 3)
    await until(() => isEmpty(queue), 'an empty queue')
    assert.equal(most, 3)
  },
  'all tasks of an invite can be forgotten, given up or not, and no others': async ({ queue, take }) => {
    take(() => ({ next: 'give up', reason: '' }))
    await queue.add(contact('dead', adaId))
    await until(async () => (await queue.counts()).crm.deadLetter === 1, 'a dead letter')
    await queue.add(requestTask())
    await queue.add(requestTask({ email: 'grace@example.com' }))
    await queue.add({ kind: 'mail', id: 'later', inviteId: adaId, mail: 'invite' }, { delaySeconds: 60 })
    assert.equal(await queue.forget(adaId), 3)
    const { requests, crm, mail } = await queue.counts()
    assert.deepEqual([requests.waiting, crm.deadLetter, mail.retry], [1, 0, 0])
    assert.equal(await queue.forget(adaId), 0)
  },
  'to forget an invite waits for what is under way, and forgets what comes of it': async ({
    queue,
    take,
  }) => {
    await queue.add(requestTask())
    const taking = take(
      async () => {
        await wait(300)
        await queue.add(contact('follows', adaId))
        return done
      },
      1,
      'requests',
    )
    await until(async () => taking.attempts.length === 1, 'the request under way')
    await queue.forget(adaId)
    assert.ok(await isEmpty(queue))
  },
  'a consumer that stops finishes what is under way, and takes no more': async ({ queue }) => {
    await queue.add(contact('a'))
    await queue.add(contact('b'))
    let begun = 0
    let ended = 0
    const work = async () => {
      begun += 1
      await wait(200)
      ended += 1
      return done
    }
    const consumer = queue.consume('crm', { concurrency: 1, onError: () => {} }, work)
    await until(async () => begun === 1, 'the first')
    await consumer.stop(5000)
    assert.deepEqual([begun, ended], [1, 1])
    assert.equal((await queue.counts()).crm.waiting, 1)
  },
}

async function untilActive(queue: ConsumableQueue) {
  await until(async () => (await queue.counts()).crm.active === 1, 'a task under way')
  return (await queue.counts()).crm
}
