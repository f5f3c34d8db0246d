import assert from 'node:assert/strict'
import type { LimitName, Limits } from '../../app/limits/limits.ts'

export const invitesPerHour = 7
export const signupSecrets = ['a secret of the tests']

const allowed: Readonly<Record<LimitName, number>> = {
  'invite by client': invitesPerHour,
  'invite by address': 5,
  'link by client': 10,
  'link by address': 3,
  'workspace by invite': 60,
  'account by invite': 20,
  'sign-in by client': 20,
  'sign-in by name': 100,
}

const quarterHour = ['sign-in by client', 'sign-in by name']

/** Takes so many, one after the other; what each had to wait. */
export async function takeMany(limits: Limits, limit: LimitName, key: string, times: number) {
  const waits: number[] = []
  for (let n = 0; n < times; n += 1) waits.push(await limits.take(limit, key))
  return waits
}

/** What limits do, wherever they are counted. */
export const limitsCases: Readonly<Record<string, (limits: Limits) => Promise<void>>> = {
  'each limit lets through as many as it says, then names the seconds to wait': async (limits) => {
    for (const [limit, most] of Object.entries(allowed) as [LimitName, number][]) {
      assert.deepEqual(await takeMany(limits, limit, '192.0.2.1', most), Array(most).fill(0), limit)
      const wait = await limits.take(limit, '192.0.2.1')
      const longest = quarterHour.includes(limit) ? 900 : 3600
      assert.ok(Number.isInteger(wait) && wait > longest - 60 && wait <= longest, `${limit}: ${wait} s`)
    }
  },
  'each key has its own limit, and each limit its own keys': async (limits) => {
    await takeMany(limits, 'link by address', 'one', 4)
    assert.ok((await limits.take('link by address', 'one')) > 0)
    assert.equal(await limits.take('link by address', 'other'), 0)
    assert.equal(await limits.take('invite by address', 'one'), 0)
  },
  'of many at the same time no more get through': async (limits) => {
    const waits = await Promise.all(Array.from({ length: 50 }, () => limits.take('link by address', 'one')))
    assert.equal(waits.filter((wait) => wait === 0).length, 3)
  },
  'a client counts by its network': async (limits) => {
    await takeMany(limits, 'link by client', '2001:db8:1:2::1', 10)
    assert.ok((await limits.take('link by client', '2001:db8:1:2:ffff::9')) > 0)
    assert.equal(await limits.take('link by client', '2001:db8:1:3::1'), 0)
  },
}
