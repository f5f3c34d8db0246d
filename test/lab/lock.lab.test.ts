import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exclusively } from './lock.ts'

test('two runs never prepare the lab at the same time', async () => {
  const name = `dogfood-lock-test-${process.pid}`
  const events: string[] = []
  const work = (id: string) => () => {
    events.push(`${id} in`)
    return new Promise<void>((resolve) => {
      setTimeout(() => {
        events.push(`${id} out`)
        resolve()
      }, 50)
    })
  }
  await Promise.all([exclusively(name, work('a')), exclusively(name, work('b'))])
  assert.deepEqual(
    events.map((event) => event.slice(2)),
    ['in', 'out', 'in', 'out'],
  )
})

test('the lock is free again after work that fails', async () => {
  const name = `dogfood-lock-failure-${process.pid}`
  await assert.rejects(
    exclusively(name, () => Promise.reject(new Error('half way'))),
    /half way/,
  )
  assert.equal(await exclusively(name, async () => 'done'), 'done')
})
