import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { composeProject } from './docker.ts'
import { isLeftover, isLeftoverImage } from './leftovers.ts'

const gone = spawnSync(process.execPath, ['--version']).pid

test('what a living test process started is no leftover', () => {
  assert.equal(isLeftover(`id ${process.pid} `), false)
  assert.equal(isLeftover(`id  ${composeProject()}`), false)
  assert.equal(isLeftover(`id  ${composeProject('site')}`), false)
})

test('what a test process that is gone started is a leftover', () => {
  assert.equal(isLeftover(`id ${gone} `), true)
  assert.equal(isLeftover(`id  dogfood-test-${gone}`), true)
  assert.equal(isLeftover(`id  dogfood-test-${gone}-site`), true)
})

test("containers and Compose projects of others are nobody's leftover", () => {
  for (const line of ['id  ', 'id  webshop', `id  shop-dogfood-test-${gone}`, 'id 0 ']) {
    assert.equal(isLeftover(line), false, line)
  }
})

test('an image is a leftover when its name or its tag is that of a test process that is gone', () => {
  for (const image of [
    `dogfood-test-${gone}-site-webapp:latest`,
    `dogfood-webapp:dogfood-test-${gone}-production`,
  ])
    assert.equal(isLeftoverImage(image), true, image)
  const others = [`dogfood-webapp:${composeProject('production')}`, 'dogfood-webapp:current', '<none>:<none>']
  for (const image of others) assert.equal(isLeftoverImage(image), false, image)
})
