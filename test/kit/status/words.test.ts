import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ago } from '../../../kit/status/ago.ts'
import { sayLock } from '../../../kit/status/say-lock.ts'
import { shortImage } from '../../../kit/status/short-image.ts'

const digest = `sha256:${'0123456789ab'.repeat(5)}0123`

for (const [image, short] of [
  ['shop:8', 'shop:8'],
  [`registry.example.com/shop/web:1.2@${digest}`, 'shop/web:1.2'],
  ['10.0.0.1:5000/web:1', 'web:1'],
  ['localhost/web:1', 'web:1'],
  ['shop/web', 'shop/web'],
  [`registry.example.com/web@${digest}`, 'web@0123456789ab'],
] as const) {
  test(`${image} is called ${short}`, () => assert.equal(shortImage(image), short))
}

test('an age has one unit', () => {
  const now = new Date('2026-11-21T12:00:00Z')
  const times = [
    '2026-11-21T11:59:18Z',
    '2026-11-21T11:01:00Z',
    '2026-11-21T02:00:00Z',
    '2026-11-01T00:00:00Z',
  ]
  assert.deepEqual(
    times.map((time) => ago(time, now)),
    ['42s', '59m', '10h', '20d'],
  )
  assert.equal(ago('2026-11-21T12:00:05Z', now), '0s', 'clocks differ')
})

test('a lock is told with who holds it, and why', () => {
  const now = new Date('2026-11-21T12:00:00Z')
  const content = JSON.stringify({ who: 'ann', why: 'up', when: '' })
  assert.equal(sayLock(content, '2026-11-21T11:58:00Z', now), 'up by ann, since 2m')
})
