import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { docker } from '../lab/docker.ts'
import { ask } from '../nginx/ask.ts'
import { until } from '../until.ts'
import { ABORTED, OPEN, PROMOTED, type SteeredBalancer, startSteered } from './steered.ts'

/** How long a balancer waits for control before it starts, and the time it takes itself on a busy machine. */
const START_MS = 1500 + 2500
let site: SteeredBalancer
before(async () => {
  site = await startSteered()
})
after(() => site.stop())

const said = async () => (await ask(site.balancer.container.port(8404), '/split')).text

test('a balancer takes a word from who DNS says is control, and from nobody else', async () => {
  const stranger = await site.startControl('stranger')
  assert.equal((await stranger.steer(OPEN)).kind, 'silent')
  assert.equal((await stranger.read()).kind, 'silent')
  assert.equal(await said(), 'none')
  assert.equal((await site.control.steer(OPEN)).kind, 'set')
  assert.equal(await said(), OPEN)
  await site.control.steer('none')
})

test('of several that DNS calls control, each is heard', async () => {
  const second = await site.startControl('control')
  await until(async () => (await second.read()).kind === 'known', 'the second to be known')
  for (let count = 0; count < 5; count++) {
    assert.equal((await second.steer(OPEN)).kind, 'set')
    assert.equal((await site.control.steer('none')).kind, 'set')
  }
  await second.remove()
})

test('a word is set in some milliseconds', async (t) => {
  const took: number[] = []
  for (let version = 1; version <= 20; version++)
    took.push((await site.control.steer(`1~${version}~c~5~s~`)).milliseconds)
  const middle = took.toSorted((a, b) => a - b)[took.length / 2] ?? 0
  t.diagnostic(`${middle.toFixed(1)} ms in the middle, ${Math.max(...took).toFixed(1)} ms at most`)
  assert.ok(middle < 200)
  await site.control.steer('none')
})

test('the longest word arrives whole', async () => {
  const rules = Array.from({ length: 15 }, () => `header:${'X'.repeat(60)}=${'y'.repeat(60)}`)
  const word = `1~9~c~5~s~${rules.join(',')}`
  assert.equal((await site.control.steer(word)).kind, 'set')
  assert.equal(await said(), word)
  assert.equal((await site.control.read()).word, word)
  await site.control.steer('none')
})

test('a reload forgets no word', async () => {
  for (const word of [OPEN, ABORTED, PROMOTED]) {
    await site.control.steer(word)
    assert.match(await docker('exec', site.balancer.container.name, 'reload'), /^Success=1/)
    await until(async () => (await site.control.read()).kind === 'known', 'control to be known again')
    assert.equal(await said(), word)
  }
  await site.control.steer('none')
})

/** What a balancer that starts says first, and after how long. */
async function startsWith(): Promise<{ word: string; milliseconds: number }> {
  const { container } = site.balancer
  await container.kill()
  const begun = performance.now()
  await container.start()
  let word = ''
  await until(async () => {
    word = await said()
    return word !== ''
  }, 'the balancer to start')
  return { word, milliseconds: performance.now() - begun }
}

test('a balancer that starts asks control first', async () => {
  await site.control.say(OPEN)
  assert.equal((await startsWith()).word, OPEN)
  const second = await site.startControl('control')
  await second.say(ABORTED)
  assert.equal((await startsWith()).word, ABORTED)
  await second.say('none')
  assert.equal((await startsWith()).word, 'none')
  await second.say(PROMOTED)
  assert.equal((await startsWith()).word, PROMOTED)
  await second.say('2~something~else; shutdown')
  assert.equal((await startsWith()).word, OPEN)
  await second.pause()
  const { word, milliseconds } = await startsWith()
  assert.equal(word, OPEN)
  assert.ok(milliseconds < START_MS, `it took ${milliseconds} ms`)
  await second.unpause()
  await second.remove()
})

test('a balancer that starts without control sends nobody to the canary', async () => {
  await site.control.pause()
  const { word, milliseconds } = await startsWith()
  assert.equal(word, 'none')
  assert.ok(milliseconds < START_MS, `it took ${milliseconds} ms`)
  await site.control.unpause()
})

/** Which process answers at 8404: since when it runs. */
async function processOf(): Promise<string> {
  const { text } = await ask(site.balancer.container.port(8404), '/metrics?scope=global')
  return /^haproxy_process_start_time_seconds (\d+)/m.exec(text)?.[1] ?? ''
}

test('a balancer that began with no word takes one', async () => {
  const { container } = site.balancer
  const before = await processOf()
  // Whole seconds: one that starts in the same would look like the one before.
  await sleep(1000)
  await docker('exec', container.name, 'rm', '/tmp/split.map')
  // Unlike the command, the signal keeps nothing.
  await docker('kill', '--signal', 'USR2', container.id)
  await until(async () => ![before, ''].includes(await processOf()), 'the new process to answer')
  assert.equal(await said(), 'none')
  // The one before may still take a connection, as it may have taken the last word.
  await until(async () => {
    await site.control.steer(OPEN)
    return (await said()) === OPEN && (await site.control.read()).word === OPEN
  }, 'the word to be taken')
})
