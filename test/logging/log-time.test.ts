import assert from 'node:assert/strict'
import { test } from 'node:test'
import { logTime } from '../../app/logging/log-time.ts'

test('a log line has the time of its own millisecond', (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 1000 })
  assert.equal(logTime(), ',"time":"1970-01-01T00:00:01.000Z"')
  assert.equal(logTime(), ',"time":"1970-01-01T00:00:01.000Z"')
  t.mock.timers.tick(1)
  assert.equal(logTime(), ',"time":"1970-01-01T00:00:01.001Z"')
})
