import assert from 'node:assert/strict'
import { createHook } from 'node:async_hooks'
import { type TestContext, test } from 'node:test'
import { until } from '../../until.ts'
import { runningApi, STACK, secretOf } from './running-api.ts'

const HOUR_MS = 3_600_000

/** The timers of an hour that are neither over nor called off. */
function hourTimers(t: TestContext): ReadonlySet<number> {
  const alive = new Set<number>()
  const hook = createHook({
    init(id, type, _, timer: { readonly _idleTimeout?: number }) {
      if (type === 'Timeout' && timer._idleTimeout === HOUR_MS) alive.add(id)
    },
    destroy: (id) => void alive.delete(id),
  }).enable()
  t.after(() => hook.disable())
  return alive
}

test('an answer of logs keeps nothing of its hour once it has ended', async (t) => {
  const docker = `'service logs'*' --follow '*) echo 2026-11-21T18:32:47.263Z listening; exec sleep 60 ;;`
  const { url, call } = await runningApi(t, { docker })
  const timers = hourTimers(t)
  const path = `/v1/apps/${STACK}/logs?component=webapp`
  for (let number = 0; number < 3; number++) await (await call('read', 'GET', path)).text()
  assert.equal(timers.size, 0, 'only a log that is followed has its hour')
  const leaving = new AbortController()
  const headers = { authorization: `Bearer ${secretOf('read')}` }
  const followed = await fetch(`${url}${path}&follow=1`, { headers, signal: leaving.signal })
  await until(async () => timers.size === 1, 'the hour of a log that is followed')
  assert.equal(followed.status, 200)
  leaving.abort()
  await until(async () => timers.size === 0, 'the end of the hour')
})
