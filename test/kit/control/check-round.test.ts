import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises'
import type { CheckResult } from '../../../kit/canary/check.ts'
import { CheckRound } from '../../../kit/control/check-round.ts'
import { decided } from '../../../kit/control/run-check.ts'

const passes: CheckResult = { passed: true, evidence: [] }
const forever = new Promise<never>(() => {})

function round(checks: readonly string[], run: (text: string) => Promise<CheckResult>) {
  const told: string[] = []
  return { told, round: new CheckRound(checks, run, (line) => void told.push(line), 1) }
}

test('a round has passed once all have, and has failed with the first that did', async () => {
  const all = round(['a', 'b'], async () => passes)
  assert.equal(all.round.isPassed, false)
  await turn()
  assert.deepEqual([all.round.isPassed, all.round.failure], [true, undefined])
  assert.deepEqual(all.told, ['check 1 of 2 passed: a', 'check 2 of 2 passed: b'])
  const some = round(['a', 'b', 'c'], (text) =>
    text === 'c' ? forever : Promise.resolve({ passed: false, evidence: [text] }),
  )
  await turn()
  assert.deepEqual(some.round.failure, { reason: 'check 1 of 3 failed: a', evidence: ['a'] })
  assert.equal(some.round.isPassed, false)
})

test('a round that was stopped says nothing any more', async () => {
  const { round: stopped, told } = round(['a'], async () => ({ passed: false, evidence: [] }))
  stopped.stop()
  await turn()
  assert.deepEqual([stopped.failure, told], [undefined, []])
})

test('what the swarm does not do is tried again, and fails in the end', async () => {
  let runs = 0
  const { round: one, told } = round(['https://a/?s3cret'], async () => {
    runs++
    throw new Error('no leader')
  })
  for (let turns = 0; turns < 1000 && !one.failure; turns++) await sleep(1)
  assert.equal(runs, 30)
  assert.deepEqual(one.failure?.evidence, ['the swarm does not run it: no leader'])
  assert.ok(told[0] === 'https://a/ is run again: no leader')
})

test('an attempt that decides nothing is made three times', async () => {
  const { signal } = new AbortController()
  let made = 0
  const attempt = (decides: boolean, passed: boolean) => async () => ({
    ...{ passed, decides: decides && ++made > 1 },
    evidence: [String(made)],
  })
  assert.deepEqual(await decided(attempt(true, true), signal, 1), { passed: true, evidence: ['2'] })
  let tries = 0
  const never = async () => ({ passed: false, evidence: [String(++tries)], decides: false })
  assert.deepEqual(await decided(never, signal, 1), { passed: false, evidence: ['3'] })
  const controller = new AbortController()
  const ending = decided(never, controller.signal, 60_000)
  await turn()
  controller.abort()
  await assert.rejects(ending, { name: 'AbortError' })
})
