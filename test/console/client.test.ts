import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { createControlClient } from '../../app/console/control-client.ts'
import { ControlError } from '../../app/console/control-error.ts'
import { scaleChange } from '../../app/console/scale-change.ts'
import { problemStatus } from '../../kit/api/problem.ts'

const token = 'token-of-the-console'

/** A control that answers like this for its app. */
async function clientOf(t: TestContext, answer: RequestListener) {
  const server = createServer((req, res) => {
    if (req.url === '/v1/apps') return res.end(JSON.stringify([{ app: 'a', environment: 'o/e' }]))
    answer(req, res)
  }).listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  t.after(() => server.close().closeAllConnections())
  return createControlClient({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token })
}

const faultOf = (call: Promise<unknown>): Promise<ControlError> =>
  call.then(
    () => assert.fail('it was answered'),
    (error: unknown) => {
      assert.ok(error instanceof ControlError, String(error))
      return error
    },
  )

test('every code that control has is one of the errors of the site', async (t) => {
  const seen = new Set<string>()
  for (const [code, status] of Object.entries(problemStatus)) {
    const client = await clientOf(t, (_req, res) => {
      res.writeHead(status, { 'Content-Type': 'application/problem+json', 'Retry-After': '7' })
      res.end(JSON.stringify({ code, detail: 'What.', todo: 'Do.', status, lines: ['a'] }))
    })
    const { code: own, message, lines, retryAfterSeconds } = await faultOf(client.app())
    assert.deepEqual([message, lines, retryAfterSeconds], ['What.', ['a'], 7])
    seen.add(own)
  }
  assert.deepEqual([...seen].sort(), [
    'forbidden',
    'internal',
    'invalid',
    'notFound',
    'tooLarge',
    'tooMany',
    'unavailable',
  ])
})

test('what is no answer of control is no answer, and holds no token', async (t) => {
  const answers: RequestListener[] = [
    (_req, res) => res.writeHead(502).end('<html>'),
    (_req, res) => res.end('{'),
    (_req, res) => res.end('{"stack": 1}'),
    (_req, res) => res.socket?.destroy(),
    (_req, res) => res.writeHead(302, { Location: 'http://127.0.0.1:9/' }).end(),
  ]
  for (const answer of answers) {
    const fault = await faultOf((await clientOf(t, answer)).app())
    assert.equal(fault.code, 'unavailable')
    assert.doesNotMatch(`${fault.message} ${fault.stack} ${JSON.stringify(fault.cause)}`, new RegExp(token))
  }
})

test('a control that says nothing is given up after four seconds', async (t) => {
  const client = await clientOf(t, () => {})
  const begun = performance.now()
  const fault = await faultOf(client.app())
  assert.equal(fault.message, 'Control did not answer in time.')
  assert.ok(performance.now() - begun < 6000)
})

const split = { phase: 'stepping', id: 'c' }
const app = {
  ...{ stack: 'a', state: 'up', nodes: { ready: 1, all: 1, away: [] } },
  components: [
    {
      ...{ component: 'webapp', kind: 'component', state: 'up', wanted: 2, running: 2, nodes: {} },
      ...{ image: 'x', health: 'good', faults: [] },
    },
  ],
}

type Refusal = 'too many' | 'busy'

/** Refuses with when to ask again, so many times for each path, and counts all. */
function refusing(times: number, seconds: number, code: Refusal = 'too many') {
  const asked = new Map<string | undefined, number>()
  const answer: RequestListener = ({ url }, res) => {
    const before = asked.get(url) ?? 0
    asked.set(url, before + 1)
    if (before >= times) return res.end(JSON.stringify({ ...split, ...app }))
    res.writeHead(problemStatus[code], { 'Retry-After': String(seconds) })
    res.end(JSON.stringify({ code, detail: 'Later.' }))
  }
  return { asked, answer }
}
const author = { operator: 'ada', request: '1' }
const abort = { method: 'POST', path: '/canary/abort', body: {} } as const

for (const [refusal, code] of [
  ['too many', 'tooMany'],
  ['busy', 'unavailable'],
] as const)
  test(`a change and its question wait where control says ${refusal}, and a reading does not`, async (t) => {
    const { asked, answer } = refusing(3, 1, refusal)
    const client = await clientOf(t, answer)
    assert.equal((await faultOf(client.app())).code, code)
    const form = { component: 'webapp', instances: '3' }
    const [{ id }, { change }] = await Promise.all([
      client.split(),
      scaleChange(form, client, 'ada'),
      client.change(abort, author),
    ])
    assert.deepEqual([id, change.path], ['c', '/scale'])
    assert.deepEqual(Object.fromEntries(asked), {
      '/v1/apps/a': 4,
      '/v1/apps/a/split': 4,
      '/v1/apps/a/canary/abort': 4,
    })
  })

test('nobody waits longer for a form than the balancer does', async (t) => {
  const long = refusing(9, 5)
  assert.equal((await faultOf((await clientOf(t, long.answer)).change(abort, author))).code, 'tooMany')
  assert.deepEqual([...long.asked.values()], [1])
  const often = refusing(9, 1)
  const client = await clientOf(t, often.answer)
  const begun = performance.now()
  const faults = await Promise.all([faultOf(client.split()), faultOf(client.change(abort, author))])
  assert.deepEqual(
    faults.map(({ code }) => code),
    ['tooMany', 'tooMany'],
  )
  assert.ok(performance.now() - begun < 4000)
  assert.deepEqual([...often.asked.values()], [4, 4])
})

test('a chart that there is not is none, also where control knows no charts', async (t) => {
  for (const code of ['not found', 'no such path']) {
    const client = await clientOf(t, (_req, res) =>
      res.writeHead(404).end(JSON.stringify({ code, detail: 'None.' })),
    )
    assert.equal(await client.chart('c0ffee00'), undefined)
  }
  const client = await clientOf(t, (_req, res) => res.end('{"id":"c0ffee00","chart":"<svg/>"}'))
  assert.equal(await client.chart('c0ffee00'), '<svg/>')
})
