import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { QueueCounts } from '../../app/deliveries/task-queue.ts'
import { freePort } from '../lab/docker.ts'
import { runStandIns, token } from '../standins/running.ts'
import { until } from '../until.ts'
import { askForInvite } from './ask-for-invite.ts'
import { openQueueIn, startQueueRedis } from './redis-queue.ts'
import { alwaysRunning, alwaysThere, peace, type Victim } from './victims.ts'

const signups = 200
const clients = 4
const fewestKills = 12
const concurrency = 2
const secret = 'signs-the-forms-of-a-test-and-is-long-enough'

test('of 200 signups, whoever was thanked is in the CRM, told once but for what was cut off, whatever is killed', async (t) => {
  const standIns = await runStandIns(t)
  const redis = await startQueueRedis()
  t.after(() => redis.remove())
  const settings = {
    NODE_ENV: 'test',
    LOG_LEVEL: 'info',
    QUEUE_URL: redis.url,
    SIGNUP_SECRETS: secret,
    INVITES_PER_HOUR: '1000000',
    CRM_URL: standIns.url,
    CRM_TOKEN: token,
    WORKER_CONCURRENCY: String(concurrency),
  }
  const port = await freePort()
  const [web, worker] = await Promise.all([
    alwaysRunning(t, { ...settings, PORT: String(port) }, 'app/server.ts'),
    alwaysRunning(t, settings, 'app/worker.ts'),
  ])
  const visitors = signUp(`http://127.0.0.1:${port}`)
  const killed = await killAtRandom([web, worker, alwaysThere(redis)], () => visitors.thanked.size >= signups)
  await visitors.done

  const contacts = async () => (await standIns.state()).contacts
  const emails = async () => (await contacts()).map(({ properties }) => properties.email ?? '')
  const isThere = async () => {
    const there = new Set(await emails())
    return [...visitors.thanked].every((email) => there.has(email))
  }
  await until(isThere, 'everybody who was thanked', 90)
  const queue = await openQueueIn(redis)
  t.after(() => queue.close())
  await until(async () => Object.values(await queue.counts()).every(isWorkedOff), 'an empty queue', 60)
  assert.ok((await emails()).every((email) => visitors.asked.has(email)))
  // The CRM has an address once, however often it is told: only the calls show what was done twice.
  const again = (await contacts()).reduce((sum, { upserts }) => sum + upserts - 1, 0)
  const cutOff = killed.filter((victim) => victim !== web).length * concurrency
  assert.ok(again <= cutOff, `${again} calls too many, of which ${cutOff} can have been cut off`)
  t.diagnostic(
    `${killed.length} kills, ${visitors.asked.size} requests for ${signups} signups, ${again} calls again`,
  )
})

const isWorkedOff = (counts: QueueCounts): boolean => Object.values(counts).every((count) => count === 0)

/** Kills one of them at a time, a dozen times at least, until it is enough; whom it killed. */
async function killAtRandom(victims: readonly Victim[], isEnough: () => boolean): Promise<Victim[]> {
  const killed: Victim[] = []
  while (killed.length < fewestKills || !isEnough()) {
    await peace()
    const victim = victims[Math.floor(Math.random() * victims.length)]
    if (!victim) continue
    await victim.kill()
    killed.push(victim)
  }
  return killed
}

/** Visitors who ask one after the other, each again as somebody else until thanked, so that every answer counts. */
function signUp(site: string) {
  const asked = new Set<string>()
  const thanked = new Set<string>()
  const client = async () => {
    while (thanked.size < signups) {
      const email = `visitor-${asked.size}@example.com`
      asked.add(email)
      if (await askForInvite(site, secret, email)) thanked.add(email)
      await wait(150)
    }
  }
  return { asked, thanked, done: Promise.all(Array.from({ length: clients }, client)) }
}
