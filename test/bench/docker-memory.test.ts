import assert from 'node:assert/strict'
import { test } from 'node:test'
import { megabytesIn } from '../../bench/front/memory.ts'

test('memory is read from what docker stats says, in each of its units', () => {
  assert.equal(megabytesIn('100MiB / 384MiB').toFixed(2), '104.86')
  assert.equal(megabytesIn('1.5GiB / 2GiB').toFixed(1), '1610.6')
  assert.equal(megabytesIn('512KiB / 384MiB').toFixed(3), '0.524')
})

test('what is no amount of memory is refused', () => {
  assert.throws(() => megabytesIn('-- / --'), /-- \/ --/)
})
