import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asTheyRun, knownImages } from '../../../kit/deploy/same-image.ts'
import type { Labels } from '../../../kit/swarm/labels.ts'

const digest = (letter: string): string => `sha256:${letter.repeat(64)}`
const running = ['hub:5000/redis:one', 'hub:5000/web:one'].map((name) => ({
  image: `${name}@${digest('a')}`,
}))

test('an image that has only another tag keeps the name it runs by', () => {
  const resolved = new Map([
    ['hub:5000/redis:two', `hub:5000/redis:two@${digest('a')}`],
    ['hub:5000/web:two', `hub:5000/web:two@${digest('b')}`],
    ['hub:5000/new:two', `hub:5000/new:two@${digest('a')}`],
  ])
  assert.deepEqual(
    [...asTheyRun(resolved, running)],
    [
      ['hub:5000/redis:two', `hub:5000/redis:one@${digest('a')}`],
      ['hub:5000/web:two', `hub:5000/web:two@${digest('b')}`],
      ['hub:5000/new:two', `hub:5000/new:two@${digest('a')}`],
    ],
  )
})

test('what runs under the wanted name already is not renamed after another', () => {
  const both = [...running, { image: `hub:5000/redis:two@${digest('a')}` }]
  const resolved = new Map([['hub:5000/redis:two', `hub:5000/redis:two@${digest('a')}`]])
  assert.deepEqual([...asTheyRun(resolved, both).values()], [`hub:5000/redis:two@${digest('a')}`])
})

test('without a registry an image is known by the name that was written for it, whatever it runs by', () => {
  const [redis = { image: '' }, web = { image: '' }] = running
  const services: { image: string; labels: Labels }[] = [
    { ...redis, labels: { 'dogfood.image': 'hub:5000/redis:two' } },
    { ...web, labels: {} },
  ]
  assert.deepEqual(
    [...knownImages(services)],
    [
      ['hub:5000/redis:two', redis.image],
      ['hub:5000/web:one', web.image],
    ],
  )
})
