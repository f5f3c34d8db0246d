import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PageHandler } from '../../app/pages/page-plan.ts'
import { pagePlans } from '../../app/pages/page-plans.ts'
import type { Site } from '../../app/pages/site.ts'

/** A finder of plans over one route that has every page but `/none`; `asked` lists what it was asked for. */
function finder() {
  const asked: string[] = []
  let site = { version: '1' } as Site
  const page: PageHandler = ({ version }, { url }) => {
    asked.push(url)
    return url === '/none' ? undefined : { cache: 1, render: async () => version }
  }
  const find = pagePlans([{ method: 'GET', path: '/*path', cache: 1, page }], () => site)
  const change = () => {
    site = { version: '2' } as Site
  }
  return { find, asked, change }
}

test('a plan is found once, however often its page is asked for', () => {
  const { find, asked } = finder()
  assert.equal(find('/a'), find('/a'))
  assert.deepEqual(asked, ['/a'])
})

test('a changed site has other plans', async () => {
  const { find, change } = finder()
  assert.equal(await find('/a')?.render(), '1')
  change()
  assert.equal(await find('/a')?.render(), '2')
})

test('a path without a page is not remembered', () => {
  const { find, asked } = finder()
  assert.equal(find('/none'), undefined)
  assert.equal(find('/none'), undefined)
  assert.equal(asked.length, 2)
})
