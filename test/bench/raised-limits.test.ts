import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { raisedFiles, raisedLimits } from '../../bench/raised-limits.ts'

test('of the limits of nginx only those of forms are raised', () => {
  for (const file of raisedFiles) {
    const usual = readFileSync(`nginx/conf/${file}`, 'utf8').split('\n')
    const raised = raisedLimits(file, usual.join('\n')).split('\n')
    const changed = raised.filter((line, number) => line !== usual[number])
    assert.equal(changed.length, 1)
    for (const line of changed) assert.match(line, /^limit_req.* zone=writers.*\d{7}/)
  }
})

test('limits that are written in another way are not passed over', () => {
  assert.throws(() => raisedLimits('limits.conf', 'limit_req zone=writers;'), /rate=2r\/s/)
})
