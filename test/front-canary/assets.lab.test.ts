import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type CanaryFront, startCanaryFront } from './front.ts'
import { rules } from './words.ts'

const script = { 'Sec-Fetch-Dest': 'script' }
const canary = { ...script, Cookie: 'tester=blue' }
const old = { ...script, Cookie: 'tester=old' }
const ofCanary = '/static/js/of-canary.0123abcd.js'
const ofOld = '/static/js/of-old.0123abcd.js'
const ofNobody = '/static/js/of-nobody.0123abcd.js'

let front: CanaryFront
before(async () => {
  front = await startCanaryFront()
})
after(() => front?.stop())

test('without a canary an asset that is not there is 404, from one balancer', async () => {
  const { status, text } = await front.ask({ path: ofCanary, headers: script })
  assert.deepEqual([status, text], [404, 'old has it not'])
  assert.equal((await front.asked()).length, 1)
})

test('an asset of either version reaches whoever asks', async () => {
  await front.open({ percent: 0, allow: rules('cookie:tester=blue') })
  for (const [path, text] of [
    [ofCanary, 'canary'],
    [ofOld, 'old'],
  ] as const)
    for (const headers of [canary, old, script]) {
      const seen = await front.ask({ path, headers })
      assert.deepEqual([seen.status, seen.text], [200, text], path)
      assert.equal(seen.headers['cache-control'], 'public, max-age=31536000, immutable')
    }
})

test('what one version sends in place of the other does not count for it', async () => {
  for (const [path, headers, sides] of [
    [ofOld, canary, [['canary'], []]],
    [ofCanary, old, [['old'], ['canary-uncounted']]],
    // A stranger may ask for hundreds that nobody has.
    [ofNobody, script, [[], ['canary-uncounted']]],
    [ofNobody, { ...script, 'User-Agent': 'a bot' }, [[], []]],
  ] as const) {
    await front.asked()
    await front.ask({ path, headers })
    assert.deepEqual(
      (await front.asked()).map((asked) => asked.sides),
      sides,
    )
  }
})

test('one that neither has is 404', async () => {
  assert.equal((await front.ask({ path: ofNobody, headers: canary })).status, 404)
  assert.equal((await front.ask({ path: ofNobody, headers: script })).status, 404)
})

test('one that nginx has asks nobody', async () => {
  const at = '/srv/front/static/identity/static/js'
  await front.run(`mkdir -p ${at} && echo kept >${at}/of-nginx.0123abcd.js`)
  await front.asked()
  assert.equal((await front.ask({ path: '/static/js/of-nginx.0123abcd.js', headers: canary })).text, 'kept\n')
  assert.deepEqual(await front.asked(), [])
})
