import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { QueueCounts } from '../../app/deliveries/task-queue.ts'
import { openedAt } from '../../app/invites/form-clock.ts'
import { freePort } from '../lab/docker.ts'
import { runStandIns, token } from '../standins/running.ts'
import { runSite, type SiteProcess } from '../start/process.ts'
import { until } from '../until.ts'
import { openQueueIn, startQueueRedis } from './redis-queue.ts'

const signups = 200
const clients = 4
const fewestKills = 12
const shortestPeace = 200
const longestPeace = 1000
const secret = 'signs-the-forms-of-a-test-and-is-long-enough'

/** Something that can be killed and comes back. */
interface Victim {
  kill(): Promise<void>
}

test('of 200 signups, whoever was thanked is in the CRM once, whatever is killed meanwhile', async (t) => {
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
  }
  const port = await freePort()
  const [web, worker] = await Promise.all([
    alwaysRunning(t, { ...settings, PORT: String(port) }, 'app/server.ts'),
    alwaysRunning(t, settings, 'app/worker.ts'),
  ])
  const restartRedis = async () => {
    await redis.kill()
    await redis.start()
  }
  const visitors = signUp(`http://127.0.0.1:${port}`)
  const killed = await killAtRandom(
    [web, worker, { kill: restartRedis }],
    () => visitors.thanked.size >= signups,
  )
  await visitors.done

  const contacts = async () =>
    (await standIns.state()).contacts.map(({ properties }) => properties.email ?? '')
  const isThere = async () => {
    const there = new Set(await contacts())
    return [...visitors.thanked].every((email) => there.has(email))
  }
  await until(isThere, 'everybody who was thanked', 90)
  const queue = await openQueueIn(redis)
  t.after(() => queue.close())
  await until(async () => Object.values(await queue.counts()).every(isWorkedOff), 'an empty queue', 60)
  const found = await contacts()
  assert.equal(new Set(found).size, found.length, 'nobody is there twice')
  assert.ok(found.every((email) => visitors.asked.has(email)))
  t.diagnostic(`${killed} kills, ${visitors.asked.size} requests for ${signups} signups`)
})

const isWorkedOff = (counts: QueueCounts): boolean => Object.values(counts).every((count) => count === 0)

/** A process that is started again whenever it was killed. */
async function alwaysRunning(
  t: TestContext,
  settings: Record<string, string>,
  entry: string,
): Promise<Victim> {
  const start = async (): Promise<SiteProcess> => {
    const started = await runSite(t, settings, entry)
    assert.equal(started.child.exitCode, null, started.output())
    return started
  }
  let running = await start()
  return {
    async kill() {
      running.child.kill('SIGKILL')
      await running.ended
      running = await start()
    },
  }
}

/** Kills one of them at a time, a dozen times at least, until it is enough; how many it killed. */
async function killAtRandom(victims: readonly Victim[], isEnough: () => boolean): Promise<number> {
  let kills = 0
  while (kills < fewestKills || !isEnough()) {
    await wait(shortestPeace + Math.random() * (longestPeace - shortestPeace))
    await victims[Math.floor(Math.random() * victims.length)]?.kill()
    kills += 1
  }
  return kills
}

/** Visitors who ask one after the other, each again as somebody else until thanked, so that every answer counts. */
function signUp(site: string) {
  const asked = new Set<string>()
  const thanked = new Set<string>()
  const client = async () => {
    while (thanked.size < signups) {
      const email = `visitor-${asked.size}@example.com`
      asked.add(email)
      if (await ask(site, email)) thanked.add(email)
      await wait(150)
    }
  }
  return { asked, thanked, done: Promise.all(Array.from({ length: clients }, client)) }
}

/** Whether the request was answered with thanks. */
async function ask(site: string, email: string): Promise<boolean> {
  const opened = openedAt([secret], Date.now() - 5000)
  const form = { email, name: 'A Visitor', company: '', purpose: '', website: '', consent: 'yes', opened }
  const answer = fetch(`${site}/invite`, {
    method: 'POST',
    body: new URLSearchParams(form),
    redirect: 'manual',
    headers: { origin: site },
    signal: AbortSignal.timeout(5000),
  })
  return answer.then(
    ({ status, headers }) => status === 303 && headers.get('location') === '/invite/thanks',
    () => false,
  )
}
