import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type ProductionStack, productionUp } from '../production/stack.ts'
import { startLoad } from './load.ts'
import { answering, imagesOf, makeRelease, removeReleases, rollout, running, withFault } from './rolling.ts'
import { visits } from './visits.ts'

let stack: ProductionStack
before(async () => {
  stack = await productionUp({ settings: { RELEASE: 'good' } })
})
after(async () => {
  if (!stack) return
  await stack.down()
  await removeReleases(stack)
})

const releases = [
  {
    what: 'ends as soon as it starts',
    line: `CMD ["node", "-e", "console.error('this release is broken on purpose'); process.exit(3)"]`,
    reason: /trial ended with exit code 3\. Its last log lines:/,
  },
  {
    what: 'is never ready',
    line: withFault(answering(503, "req.url === '/readyz'")),
    reason: /trial was not ready within 20 s \(\/readyz answers 503\)\. Its last log lines:/,
  },
  {
    what: 'answers every page with an error',
    line: withFault(answering(500, "req.url !== '/readyz' && req.url !== '/healthz'")),
    reason: /The new image answers with errors: \/ 500, .*\. Its last log lines:/,
  },
  {
    what: 'ends once it has served a while',
    line: withFault(`setTimeout(() => {
      console.error('this release is broken on purpose')
      process.exit(4)
    }, 6000)`),
    reason: /webapp-\d+ (?:ended|was not ready)[\s\S]*Its last log lines:/,
    args: ['--watch', '10'],
  },
  {
    what: 'answers with errors once it has served a while',
    line: withFault(answering(500, "age() > 6000 && req.url !== '/readyz' && req.url !== '/healthz'")),
    reason: /answered \d+ of \d+ requests with errors|was not ready for visitors/,
    args: ['--watch', '10'],
  },
]

for (const [index, { what, line, reason, args = [] }] of releases.entries()) {
  test(`a release that ${what} is refused, and nobody notices`, async () => {
    const image = await makeRelease(stack, `broken-${index}`, line)
    const [instances, images] = [await stack.containers('webapp'), await imagesOf(stack)]
    // What has served a while may have taken a form when it breaks: only what reads is asked again elsewhere.
    const asked = visits('', 50).filter(({ form }) => form === undefined || args.length === 0)
    const load = startLoad(stack.url, asked, 50)
    const { exit, output } = await rollout(stack, '--image', image, '--patience', '20', ...args)
    const seen = await load.stop()
    assert.equal(exit, 1, output)
    assert.match(output, reason)
    assert.match(output, /broken on purpose/)
    assert.deepEqual(seen.failed.slice(0, 10), [], output)
    assert.deepEqual((await stack.containers('webapp')).sort(), instances.sort())
    assert.deepEqual(await running(stack), ['good healthy', 'good healthy', 'good healthy'])
    assert.deepEqual(await running(stack, 'worker'), ['good healthy'])
    assert.deepEqual(await imagesOf(stack), images)
  })
}

test('an image that nobody has is refused before anything is touched', async () => {
  const { exit, output } = await rollout(stack, '--image', `no-such-image:${stack.project}`)
  assert.equal(exit, 1)
  assert.match(output, /no-such-image.* cannot be pulled:[\s\S]*Nothing was changed/)
})

test('going back from the first release says why it cannot', async () => {
  const { exit, output } = await rollout(stack, '--back')
  assert.equal(exit, 1)
  assert.match(output, /There is no image dogfood-webapp:.*-previous to go back to/)
})
