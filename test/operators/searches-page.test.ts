import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startSite } from '../site/site.ts'
import { until } from '../until.ts'
import { startOperatorSite } from './operator-site.ts'
import { signIn } from './signed-in.ts'

test('this month’s searches stand beside the last month’s, the vain ones apart', async (t) => {
  const asked: unknown[] = []
  const site = await startOperatorSite(
    t,
    {},
    {
      async topSearches(month, list, most) {
        asked.push([month, list, most])
        return [{ query: `<${month} ${list}>`, count: 7 }]
      },
    },
  )
  t.mock.timers.enable({ apis: ['Date'], now: Date.UTC(2027, 0, 31) })
  const operator = await site.signIn()
  asked.length = 0
  const html = await (await operator.get('/admin/searches')).text()
  assert.deepEqual(asked, [
    ['2027-01', 'all', 50],
    ['2027-01', 'nothing', 50],
    ['2026-12', 'all', 50],
    ['2026-12', 'nothing', 50],
  ])
  for (const month of ['January 2027', 'December 2026']) assert.ok(html.includes(`${month}</h2>`), month)
  assert.match(html, /&lt;2026-12 nothing&gt;<\/th><td>7<\/td>/)
})

test('counts that cannot be read are said to be unavailable', async (t) => {
  let isDown = false
  const site = await startOperatorSite(
    t,
    {},
    {
      async topSearches() {
        if (isDown) throw new Error('Connection is closed.')
        return []
      },
    },
  )
  const operator = await site.signIn()
  isDown = true
  assert.equal((await operator.get('/admin/searches')).status, 503)
})

test('what a visitor searched for is on the page', async (t) => {
  const site = await startSite(t)
  await site.get('/search?q=zzzvain')
  const operator = await signIn(site)
  const shown = async () =>
    /zzzvain<\/th><td>1<\/td>/.test(await (await operator.get('/admin/searches')).text())
  await until(shown, 'the query to be counted')
})
