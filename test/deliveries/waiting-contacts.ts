import assert from 'node:assert/strict'
import { answerFault } from '../../app/outside/answer-fault.ts'
import { until } from '../until.ts'
import { requestTask, type Working } from './working.ts'

const answer = { system: 'crm', place: 'POST /contacts' } as const

/** What the CRM answers for ever to one contact, by what is the matter with it. */
export const waitingContacts: Readonly<Record<string, Error>> = {
  'in conflict for a second': answerFault({ ...answer, status: 409, retryAfter: '1' }),
  'locked for an hour': answerFault({ ...answer, status: 423, retryAfter: '3600' }),
  'behind a gateway that is away for an hour': answerFault({ ...answer, status: 503, retryAfter: '3600' }),
  'over a limit for a second': answerFault({ ...answer, status: 429, retryAfter: '1' }),
}

/** Has one contact answered so, and sees that all others are told to the CRM meanwhile. */
export async function othersAreTold({ queue, outside, lines }: Working, error: Error): Promise<void> {
  outside.beforeContact = async ({ email }) => {
    if (email === 'bad@example.com') throw error
  }
  await queue.add(requestTask({ email: 'bad@example.com' }))
  await until(async () => lines.some((line) => line.includes('to be tried again')), 'the bad one')
  const good = Array.from({ length: 40 }, (_, n) => `good-${n}@example.com`)
  for (const email of good) await queue.add(requestTask({ email }))
  await until(async () => outside.told.length === good.length, 'the good ones')
  assert.equal((await queue.counts()).crm.deadLetter, 0)
}
