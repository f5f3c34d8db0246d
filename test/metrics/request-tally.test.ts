import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { test } from 'node:test'
import { kindByPath } from '../../app/metrics/request-kind.ts'
import { durationBounds, requestTally } from '../../app/metrics/request-tally.ts'

const nothing = { plain: [], public: [], query: [], form: [], private: [], hook: [], operator: [] }
const answered = (statusCode: number, pageCache?: string) => ({ statusCode, pageCache }) as ServerResponse

test('the kind of a request is the group of its route, whatever its address', () => {
  const kindOf = kindByPath({
    ...nothing,
    public: [{ path: '/*path' }],
    form: [{ path: '/invite' }],
    operator: [{ path: '/admin' }, { path: '/admin/queue/*path' }],
  })
  const paths = ['/', '/invite', '/invite/x', '/admin', '/admin/queue/crm/1', '/nowhere']
  assert.deepEqual(paths.map(kindOf), ['public', 'form', 'public', 'operator', 'operator', 'public'])
})

test('requests are counted by kind, status and cache', () => {
  const tally = requestTally(kindByPath({ ...nothing, form: [{ path: '/invite' }] }))
  tally.count('/', answered(200, 'memory'), 1, false)
  tally.count('/docs', answered(200, 'memory'), 1, false)
  tally.count('/invite', answered(303, 'bypass'), 1, false)
  tally.count('/readyz', answered(200), 1, false)
  tally.count('/', answered(200, 'a cache that nobody knows'), 1, false)
  assert.deepEqual(tally.counted(), [
    { kind: 'public', cache: 'none', status: 200, count: 2 },
    { kind: 'public', cache: 'memory', status: 200, count: 2 },
    { kind: 'form', cache: 'bypass', status: 303, count: 1 },
  ])
})

test('a request that its visitor gave up counts as 499', () => {
  const tally = requestTally(kindByPath(nothing))
  tally.count('/', answered(200), 1, true)
  assert.deepEqual(
    tally.counted().map(({ status }) => status),
    [499],
  )
})

test('a duration counts in each bucket that it is not above', () => {
  const tally = requestTally(kindByPath(nothing))
  for (const milliseconds of [0.2, 1, 1.1, 60_000]) tally.count('/', answered(200), milliseconds, false)
  const [{ upTo, seconds } = { upTo: [], seconds: 0 }] = tally.durations()
  assert.equal(upTo.length, durationBounds.length + 1)
  assert.deepEqual([upTo[0], upTo[1], upTo.at(-2), upTo.at(-1)], [2, 3, 3, 4])
  assert.ok(Math.abs(seconds - 60.0023) < 1e-6)
})
