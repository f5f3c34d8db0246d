import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { ask } from '../nginx/ask.ts'
import { until } from '../until.ts'
import { ABORTED, keptConnection, OPEN, type SteeredBalancer, startSteered } from './steered.ts'

let site: SteeredBalancer
let canaryName = ''
before(async () => {
  site = await startSteered()
  canaryName = (await site.canary.tell()).hostname
})
after(() => site.stop())

/** Which side answers somebody whom nginx takes for one of `side`. */
async function answers(side?: string): Promise<string> {
  const { text } = await site.balancer.ask({ path: '/who', headers: side ? { 'X-Side': side } : {} })
  return text === canaryName ? 'canary' : 'old'
}

const said = async () => (await ask(site.balancer.container.port(8404), '/split')).text

/** No word is newer than none, so that each test begins alike. */
const beginWith = async (word: string) => {
  await site.control.steer('none')
  assert.equal((await site.control.steer(word)).kind, word === 'none' ? 'kept' : 'set')
}

test('without a split nobody gets the canary', async () => {
  assert.equal(await said(), 'none')
  for (const side of ['canary', 'old', 'other', undefined]) assert.equal(await answers(side), 'old')
})

test('the canary gets those whom nginx counts to it while it is open, and nobody else', async () => {
  for (const word of [OPEN, '1~1~c~0.5~s~', '1~1~c~100~s~', '1~1~c~0~s~cookie:tester=blue']) {
    await beginWith(word)
    assert.equal(await said(), word)
    for (const side of ['canary', 'canary-uncounted']) assert.equal(await answers(side), 'canary', word)
    for (const side of ['old', 'other', undefined]) assert.equal(await answers(side), 'old', word)
  }
  for (const word of ['1~1~c~0~s~', '1~1~c~0~promoted~', 'none', '2~a~b']) {
    await beginWith(word)
    for (const side of ['canary', 'canary-uncounted']) assert.equal(await answers(side), 'old', word)
  }
})

test('what nginx says of a side reaches no instance, and the log has it', async () => {
  await beginWith(OPEN)
  for (const side of ['canary', 'old']) {
    const headers = { 'X-Side': side, 'X-Request-Id': `side-${side}` }
    assert.doesNotMatch((await site.balancer.ask({ path: '/echo', headers })).text, /x-side/i)
    assert.equal((await site.balancer.logged(`side-${side}`)).side, side)
  }
  for (const side of ['', 'canary-uncounted']) {
    const headers = { 'X-Side': side, 'X-Request-Id': `nobody-${side}` }
    assert.doesNotMatch((await site.balancer.ask({ path: '/echo', headers })).text, /x-side/i)
    assert.ok(!(await site.balancer.logged(`nobody-${side}`)).side)
  }
})

test('an aborted canary has not one request more, over a connection that is kept', async () => {
  await beginWith(OPEN)
  const visit = keptConnection(site.balancer.port)
  assert.equal(await visit('/who', 'canary'), `200 ${canaryName}`)
  assert.equal((await site.control.steer(ABORTED)).kind, 'set')
  for (let count = 0; count < 20; count++) assert.notEqual(await visit('/who', 'canary'), `200 ${canaryName}`)
})

test('an older word is not taken, and of two of one number the stricter', async () => {
  await beginWith(ABORTED)
  assert.equal((await site.control.steer(OPEN)).kind, 'kept')
  assert.equal((await site.control.steer(ABORTED.replace('~0~', '~50~'))).kind, 'kept')
  assert.equal(await said(), ABORTED)
  assert.equal((await site.control.steer('none')).kind, 'set')
})

test('a request of the canary is tried again there alone', async () => {
  await beginWith(OPEN)
  assert.match((await site.balancer.ask({ path: '/pay', headers: { 'X-Side': 'canary' } })).text, /isn’t/)
  assert.equal((await site.canary.tell()).payments, 3)
  for (const instance of site.old) assert.equal((await instance.tell()).payments, 0)
})

test('while no instance of the canary is up, the old version has its visitors', async () => {
  await beginWith(OPEN)
  await site.canary.tell('ready=false')
  await site.untilCanaryUp(0)
  assert.equal(await answers('canary'), 'old')
  await site.canary.tell('ready=true')
  await site.untilCanaryUp(1)
  assert.equal(await answers('canary'), 'canary')
})

test('while no old instance is up, visitors of the canary do not wait for one', async () => {
  await beginWith(OPEN)
  await Promise.all(site.old.map((instance) => instance.tell('ready=false')))
  await site.balancer.untilUp(0)
  const begun = performance.now()
  assert.equal(await answers('canary'), 'canary')
  assert.ok(performance.now() - begun < 900)
  await Promise.all(site.old.map((instance) => instance.tell('ready=true')))
  await site.balancer.untilUp(2)
})

test('the address of a canary that is gone is forgotten', async () => {
  const gone = await site.balancer.startCanary()
  await site.untilCanaryUp(2)
  await gone.remove()
  const places = async () => (await site.control.read()).servers.canary.filter(({ address }) => address)
  await until(async () => (await places()).length === 1, 'its place to be free')
})
