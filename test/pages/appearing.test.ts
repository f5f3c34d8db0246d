import assert from 'node:assert/strict'
import { test } from 'node:test'
import { oneAtATime, showInTime } from '../../app/pages/appearing.ts'
import { contentFolder, startSite } from '../site/site.ts'
import { until } from '../until.ts'

const post = (at: number): string =>
  `---\ntitle: Surprise\ndate: ${new Date(at).toISOString()}\n---\nHere I am.\n`

test('a scheduled post appears by itself on every instance', { timeout: 30_000 }, async (t) => {
  const at = Date.now() + 6000
  const contentDir = contentFolder({
    'pages/index.md': '---\ntitle: Home\n---\n',
    'posts/2026-01-01-x.md': post(at),
  })
  const sites = await Promise.all([
    startSite(t, { contentDir, drafts: false }),
    startSite(t, { contentDir, drafts: false }),
  ])
  for (const site of sites) {
    assert.equal((await site.get('/blog/x')).status, 404)
    assert.doesNotMatch(await (await site.get('/blog')).text(), /Surprise/)
  }
  for (const site of sites) {
    await until(async () => (await site.get('/blog/x')).status === 200, 'the post')
    assert.ok(Date.now() >= at)
    assert.match(await (await site.get('/blog')).text(), /Surprise/)
  }
})

test('a moment further off than a timer reaches does not come at once', { timeout: 20_000 }, async (t) => {
  let refreshes = 0
  const next = Date.now() + 30 * 24 * 3600 * 1000
  const refresh = async () => void refreshes++
  const appearing = showInTime({ next: () => next, refresh, log: { error: () => {} } })
  t.after(() => appearing.stop())
  await new Promise((resolve) => setTimeout(resolve, 1500))
  assert.equal(refreshes, 0)
})

test('what cannot be read is told once, not each second', { timeout: 20_000 }, async (t) => {
  let told = 0
  const refresh = () => Promise.reject(new Error('no'))
  const appearing = showInTime({ next: () => 0, refresh, log: { error: () => void told++ } })
  t.after(() => appearing.stop())
  await new Promise((resolve) => setTimeout(resolve, 3500))
  assert.equal(told, 1)
})

test('a stopped clock shows nothing more', { timeout: 20_000 }, async () => {
  let refreshes = 0
  const refresh = async () => void refreshes++
  showInTime({ next: () => 0, refresh, log: { error: () => {} } }).stop()
  await new Promise((resolve) => setTimeout(resolve, 1500))
  assert.equal(refreshes, 0)
})

test('two refreshes never overlap, and one that fails stops no other', async () => {
  const steps: string[] = []
  const results = ['a', 'b', 'c']
  const work = oneAtATime(async () => {
    const name = results.shift()
    steps.push(`${name} begins`)
    await new Promise((resolve) => setTimeout(resolve, 5))
    steps.push(`${name} ends`)
    if (name === 'a') throw new Error('a')
    return name
  })
  const [first, ...others] = await Promise.allSettled([work(), work(), work()])
  assert.equal(first?.status, 'rejected')
  assert.deepEqual(
    others.map((result) => 'value' in result && result.value),
    ['b', 'c'],
  )
  assert.deepEqual(steps, ['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
})
