import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askedIn, mostWithin, rendersIn } from '../../bench/front/renders.ts'

const line = (url: string, second: number, milliseconds: number, cache?: string) =>
  JSON.stringify({ time: `2026-11-21T10:00:0${second}.000Z`, url, milliseconds, cache, msg: 'answered' })
const log = (...lines: string[]) => askedIn(lines.join('\n'))

test('lines of a log that are about no page are passed over', () => {
  assert.equal(
    log('started', '{"msg":"listening"}', line('/healthz', 1, 1), line('/a', 1, 1, 'memory')).length,
    1,
  )
})

test('requests for one page that overlap are one render, one after it is another', () => {
  const asked = log(
    line('/a', 1, 300, 'render'),
    line('/a', 1, 100, 'render'),
    line('/b', 1, 200, 'render'),
    line('/a', 3, 200, 'memory'),
    line('/a', 4, 200, 'render'),
  )
  assert.deepEqual(
    rendersIn(asked).map(({ path }) => path),
    ['/a', '/b', '/a'],
  )
})

test('the most within a time is that of one path, wherever the time begins', () => {
  const at = (path: string, second: number) => line(path, second, 0, 'render')
  const asked = log(at('/a', 0), at('/a', 5), at('/b', 1), at('/b', 3), at('/b', 7), at('/c', 2))
  assert.equal(mostWithin(asked, 5000), 2)
  assert.equal(mostWithin(asked, 2000), 1)
  assert.equal(mostWithin([], 5000), 0)
})
