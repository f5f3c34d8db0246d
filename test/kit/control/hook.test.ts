import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { askHook } from '../../../kit/control/hook.ts'
import { questionOf } from '../../../kit/control/question.ts'
import { canary } from './parts.ts'

const question = questionOf('app', canary(), canary(), [])

/** A hook that answers so, and its address. */
async function hook(t: TestContext, answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/canary`
}

const ask = (url: string, answerMs = 5000, { signal } = new AbortController()) =>
  askHook(url, question, signal, answerMs)

test('a hook is told of the canary, and passes it with any 2xx', async (t) => {
  const seen: unknown[] = []
  const url = await hook(t, async (request, response) => {
    seen.push([request.method, request.url, request.headers['content-type'], JSON.parse(await text(request))])
    response.writeHead(204).end()
  })
  assert.deepEqual(await ask(`${url}?key=1`), { passed: true, evidence: ['it answers 204'] })
  assert.deepEqual(seen, [
    ['POST', '/canary?key=1', 'application/json', JSON.parse(JSON.stringify(question))],
  ])
})

test('every other answer fails, with the beginning of what it says', async (t) => {
  const long = await hook(t, (_, response) => response.writeHead(500).end(`\u001b[31m${'é'.repeat(5000)}`))
  const { passed, evidence } = await ask(long)
  assert.deepEqual([passed, evidence[0], evidence[1]?.length], [false, 'it answers 500', 300])
  assert.match(evidence[1] ?? '', /^\[31mé+$/)
  const endless = await hook(t, (_, response) => {
    response.writeHead(418)
    const more = setInterval(() => response.write('x'.repeat(400)), 5)
    response.on('close', () => clearInterval(more))
  })
  assert.deepEqual((await ask(endless)).evidence, ['it answers 418', 'x'.repeat(300)])
})

test('a redirect is not followed', async (t) => {
  let asked = 0
  const url = await hook(t, ({ headers }, response) => {
    asked++
    response.writeHead(307, { location: `http://${headers.host}/elsewhere` }).end()
  })
  assert.deepEqual(await ask(url), { passed: false, evidence: ['it answers 307'] })
  assert.equal(asked, 1)
})

test('silence fails, also in the middle of an answer, and so does a hook that is not there', async (t) => {
  const silent = await hook(t, () => {})
  assert.deepEqual(await ask(silent, 50), { passed: false, evidence: ['no answer in 0.05 s'] })
  const halting = await hook(t, (_, response) => void response.writeHead(200).write('well'))
  assert.deepEqual(await ask(halting, 50), { passed: false, evidence: ['no answer in 0.05 s'] })
  const [gone] = (await ask('http://127.0.0.1:9/?key=s3cret')).evidence
  assert.ok(gone !== undefined && !gone.includes('s3cret'))
})

test('a hook that nobody waits for any more is broken off', async (t) => {
  const controller = new AbortController()
  const url = await hook(t, () => void controller.abort())
  assert.equal((await ask(url, 60_000, controller)).passed, false)
})
