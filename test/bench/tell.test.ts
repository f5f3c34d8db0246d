import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tell } from '../../bench/drills/tell.ts'

test('a command tells its exit code and the lines of both outputs, with ids left out', async () => {
  const script = 'cat; echo "task rc5riz52dw0em5560kweowuo9 failed" >&2; exit 3'
  const { exit, lines } = await tell('sh', ['-c', script], 'first\r\n\nsecond\n')
  assert.equal(exit, 3)
  assert.deepEqual(lines.toSorted(), ['first', 'second', 'task ID failed'])
})
