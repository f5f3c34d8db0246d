import assert from 'node:assert/strict'
import { run } from '../lab/command.ts'
import { until } from '../until.ts'
import type { ProductionStack } from './stack.ts'
import { type Visitor, visitorAt } from './visitor.ts'

const patienceSeconds = 90
const requested = ['ann@example.com', 'bob@example.com', 'cy@example.com']

/** What must outlive everything: a session, and signups that wait because the CRM fails. */
export interface Kept {
  readonly visitor: Visitor
  /** Waits until the site is whole again, and its session is the one of before. */
  isWhole(after: string): Promise<void>
  /** Lets the CRM be reached again, and waits for each signup to arrive there once. */
  arrives(crm?: { readonly failed: boolean }): Promise<void>
}

const tryAllNow = `
  import { readFileSync } from 'node:fs'
  import { Queue } from 'bullmq'
  const url = readFileSync('/run/secrets/queue_url', 'utf8')
  const queue = new Queue('crm', { connection: { url }, prefix: 'deliveries', skipVersionCheck: true })
  await queue.promoteJobs()
  await queue.close()`

export async function keepSomething(
  stack: Pick<ProductionStack, 'url' | 'standIns' | 'compose'>,
  enter: readonly string[] = [],
): Promise<Kept> {
  const visitor = visitorAt(stack.url, enter)
  const [command = '', ...before] = [...enter, 'curl']
  const ask = (...args: string[]) =>
    run(command, [...before, '--silent', '--fail', '--max-time', '10', ...args])
  const setFault = (fault: string | null) => {
    const order = JSON.stringify({ system: 'crm', fault })
    return ask(
      '--header',
      'Content-Type: application/json',
      '--data',
      order,
      `${stack.standIns}/_standins/faults`,
    )
  }
  const contacts = async (): Promise<string[]> => {
    const state = JSON.parse(await ask(`${stack.standIns}/_standins/state`))
    return state.contacts.map(({ properties }: { properties: { email: string } }) => properties.email)
  }
  await setFault('fail')
  // An instance can be ready a moment before its stores.
  const done = (act: () => Promise<void>, what: string) =>
    until(() => act().then(() => true), what, patienceSeconds)
  await done(() => visitor.introduce('Ada Lovelace'), 'a session')
  for (const email of requested) await done(() => visitor.requestInvite(email), `the request of ${email}`)
  return {
    visitor,
    async isWhole(after) {
      const isKnown = async () => (await visitor.page('/session')).includes('Hello, <bdi>Ada Lovelace</bdi>')
      await until(isKnown, `the session after ${after}`, patienceSeconds)
      for (const path of ['/', '/docs', '/invite']) {
        await until(
          async () => (await visitor.status(path)) === '200',
          `${path} after ${after}`,
          patienceSeconds,
        )
      }
    },
    async arrives({ failed } = { failed: true }) {
      if (failed) assert.deepEqual(await contacts(), [])
      await setFault(null)
      // What failed for minutes waits for minutes: an operator says "try all now".
      await stack.compose('exec', '-T', 'worker', 'node', '--input-type=module', '--eval', tryAllNow)
      const isThere = async () => (await contacts()).length >= requested.length
      await until(isThere, 'the signups to reach the CRM', patienceSeconds)
      assert.deepEqual((await contacts()).sort(), requested)
    },
  }
}
