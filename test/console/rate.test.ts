import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AppSeen, CanarySeen, TaskSeen } from '../../app/console/control-answers.ts'
import { ControlError } from '../../app/console/control-error.ts'
import { ControlWatch } from '../../app/console/control-watch.ts'
import { Pace } from '../../app/console/pace.ts'
import type { Questions } from '../../app/console/read-app.ts'
import { defaultRates } from '../../kit/api/admission.ts'
import { RateLimit } from '../../kit/api/rate-limit.ts'
import { VirtualClock } from './virtual-clock.ts'

const tooMany = (seconds: number) =>
  new ControlError('tooMany', `Ask again in ${seconds} s.`, { retryAfterSeconds: seconds })

const canary: CanarySeen = {
  ...{ id: 'c', component: 'site/webapp', image: 'x', from: 1, who: 'a', why: '', steps: [5, 50, 100] },
  ...{ share: 5, manual: false, checks: [], history: [], phase: { kind: 'stepping' } },
}
const task: TaskSeen = {
  ...{ id: 't', command: 'swarm canary start site/webapp=2', who: 'ci', begun: '', state: 'running' },
  lines: [],
}

/** A control with its own limit in the middle of a canary that was begun by its API, where nothing stays the same. */
function busyControl(clock: VirtualClock) {
  const limit = new RateLimit(defaultRates.token, clock.now)
  const count = { asked: 0, refused: 0 }
  const answer =
    <T>(value: () => T) =>
    async (): Promise<T> => {
      const wait = limit.take('console')
      count.asked++
      if (wait === 0) return value()
      count.refused++
      throw tooMany(wait)
    }
  const app = (): AppSeen => ({
    ...{ stack: 's', state: 'deploying', nodes: { ready: 1, all: 1, away: [] }, canary },
    components: [
      {
        ...{ component: 'site/webapp', kind: 'component', state: 'deploying', wanted: 2, image: 'x' },
        ...{ running: count.asked, nodes: {}, health: '', faults: [] },
      },
    ],
  })
  const control: Questions = {
    ...{ app: answer(app), instances: answer(() => []), releases: answer(() => []) },
    ...{ canary: answer(() => canary), tasks: answer(() => [task]), task: answer(() => task) },
  }
  return { control, count, split: answer(() => canary) }
}

/** Instances of the site, each with somebody who looks at its console. */
function lookers(number: number, control: Questions, clock: VirtualClock) {
  const seen = { readings: 0, faulty: 0 }
  const leave = Array.from({ length: number }, () =>
    new ControlWatch(control, () => {}, clock).listen(({ fault }) => {
      seen.readings++
      if (fault) seen.faulty++
    }),
  )
  return { seen, leave }
}

test('three instances that are looked at stay below the rate of their token during a canary', async () => {
  const clock = new VirtualClock()
  const { control, count, split } = busyControl(clock)
  const { seen, leave } = lookers(3, control, clock)
  await clock.pass(600_000)
  assert.equal(count.refused, 0)
  assert.ok(seen.readings >= 3 * 295, `${seen.readings} readings`)
  const aSecond = count.asked / 600
  assert.ok(aSecond > 7 && aSecond < 8, `${aSecond} questions a second`)
  await split()
  for (const end of leave) end()
})

test('more than the rate allows make themselves rarer, and most of what they ask is answered', async () => {
  const clock = new VirtualClock()
  const { control, count } = busyControl(clock)
  const { seen, leave } = lookers(10, control, clock)
  await clock.pass(60_000)
  const before = { ...seen, ...count }
  await clock.pass(600_000)
  const faulty = (seen.faulty - before.faulty) / (seen.readings - before.readings)
  assert.ok(faulty < 0.25, `${faulty} of the readings are faulty`)
  const refused = (count.refused - before.refused) / (count.asked - before.asked)
  assert.ok(refused < 0.1, `${refused} of the questions are refused`)
  for (const end of leave) end()
})

test('a pause grows each time that control refuses, and shrinks again by and by', () => {
  const pace = new Pace()
  assert.deepEqual(
    [1, 2, 3].map(() => pace.after(tooMany(1))),
    [4000, 8000, 16_000],
  )
  assert.deepEqual([pace.after(tooMany(1)), pace.after(tooMany(60))], [30_000, 30_000])
  const after = Array.from({ length: 30 }, () => pace.after(undefined))
  assert.deepEqual([after[0], after.at(-1)], [27_000, 2000])
  assert.equal(pace.after(new ControlError('unavailable', 'away')), 3000)
  assert.equal(pace.after(undefined), 2000, 'one that was away is asked as before')
})

test('a page that is loaded while control refuses asks nothing', async () => {
  const clock = new VirtualClock()
  let asked = 0
  const refuse = async () => {
    asked++
    throw tooMany(2)
  }
  const { control } = busyControl(clock)
  const watch = new ControlWatch({ ...control, app: refuse }, () => {}, clock)
  for (const _ of [1, 2]) assert.equal((await watch.latest(900)).fault?.code, 'tooMany')
  assert.equal(asked, 1)
  await clock.pass(2000)
  await watch.latest(900)
  assert.equal(asked, 2)
})
