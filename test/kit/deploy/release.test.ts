import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Release, readRelease, releaseName, writeRelease } from '../../../kit/deploy/release.ts'
import { nextNumber, releasesIn } from '../../../kit/deploy/releases.ts'
import { releaseToReturnTo } from '../../../kit/deploy/return-to.ts'
import { Failure } from '../../../kit/failure.ts'
import type { SwarmObject } from '../../../kit/swarm/objects.ts'

const release = (number: number, stack = 'services: {}\n'): Release => ({
  number,
  who: 'ann@host',
  when: '2026-11-21T18:33:05.000Z',
  reason: 'up',
  environment: 'me/lab',
  stack,
  images: [],
  secrets: [],
  configs: [],
  specs: {},
})

const config = (number: number, kind = 'release'): SwarmObject => ({
  id: `id${number}`,
  name: releaseName('app-lab', number),
  labels: { 'dogfood.kind': kind },
  createdAt: '',
  content: writeRelease(release(number)),
})

test('a release is read as it was written', () => {
  assert.deepEqual(readRelease(writeRelease(release(3))), release(3))
})

test('a release that a Swarm config could not hold is packed', () => {
  const large = release(1, 'command: [serve, --port, 8000]\n'.repeat(60_000))
  const written = writeRelease(large)
  assert.ok(written.length < 400_000)
  assert.deepEqual(readRelease(written), large)
})

test('releases are told newest first by their number, and other configs are none', () => {
  const kept = releasesIn([config(9), config(11), config(10), config(12, 'config')])
  assert.deepEqual(
    kept.map(({ number }) => number),
    [11, 10, 9],
  )
  assert.equal(nextNumber(kept), 12)
  assert.equal(nextNumber([]), 1)
})

test('a return goes to the release before, or to the one that is named', () => {
  const kept = releasesIn([config(9), config(11), config(10)])
  assert.equal(releaseToReturnTo(kept, undefined).number, 10)
  assert.equal(releaseToReturnTo(kept, 9).number, 9)
  assert.throws(
    () => releaseToReturnTo(kept, 3),
    (error) => error instanceof Failure && /11, 10, 9/.test(error.todo),
  )
  assert.throws(() => releaseToReturnTo(kept.slice(0, 1), undefined), Failure)
})
