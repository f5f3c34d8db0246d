import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { raisedLimits } from '../../bench/raised-limits.ts'

test('of the limits of nginx only those of forms are raised', () => {
  const usual = readFileSync('nginx/conf/limits.conf', 'utf8').split('\n')
  const raised = raisedLimits(usual.join('\n')).split('\n')
  const changed = raised.filter((line, number) => line !== usual[number])
  assert.equal(changed.length, 2)
  for (const line of changed) assert.match(line, /^limit_req.* zone=writers.*\d{7}/)
})

test('limits that are written in another way are not passed over', () => {
  assert.throws(() => raisedLimits('limit_req zone=writers;'), /rate=2r\/s/)
})
