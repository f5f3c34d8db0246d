import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isInShare } from '../../kit/canary/share.ts'
import { visitor } from '../kit/canary/canaries.ts'

const ids = Array.from({ length: 10_000 }, (_, number) => visitor(number).id)
const salts = Array.from({ length: 60 }, (_, number) => visitor(number + 20_000).id.slice(0, 12))

const shareOf = (salt: string, percent: number): number =>
  ids.filter((id) => isInShare(percent, `${salt}${id}`)).length / 100

// Which 10,000 they are is chance: its deviation is 0.1, 0.2, 0.43 and 0.5 points.
test('with another salt the share of 10,000 visitors is off by less than four deviations, and mostly by less than a point', () => {
  for (const percent of [1, 5, 25, 50]) {
    const deviation = Math.sqrt(percent * (100 - percent)) / 100
    const off = salts.map((salt) => Math.abs(shareOf(salt, percent) - percent))
    assert.ok(Math.max(...off) < 4 * deviation, `${percent} %: ${Math.max(...off)} points`)
    const within = off.filter((points) => points <= 1).length
    assert.ok(within >= 0.85 * salts.length, `${percent} %: ${within} of ${salts.length}`)
    if (percent <= 5) assert.equal(within, salts.length)
  }
})
