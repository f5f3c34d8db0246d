import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { z } from 'zod'
import { createJsonClient, type JsonCall, type JsonSystem } from '../../app/outside/json-client.ts'
import { answeringServer, json } from './answering-server.ts'
import { deafServer } from './deaf-server.ts'
import { refusalOf } from './refusal.ts'

const token = 'a-token-that-nobody-may-see'
const ok = z.object({ ok: z.literal(true) })
const call: JsonCall<{ ok: true }> = {
  method: 'POST',
  path: '/v1/people/{name}',
  values: { name: 'ada@example.com' },
  body: { secret: 'of a visitor' },
  answers: { 200: ok },
  whenRefused: 'mend it',
}

function clientOf(t: TestContext, url: string, changes: Partial<JsonSystem> = {}) {
  const client = createJsonClient({ system: 'crm', url, token, ...changes })
  t.after(() => client.close())
  return client
}

test('a call carries the token, its body as JSON and its values in the path', async (t) => {
  const { url, received } = await answeringServer(t, json(200, { ok: true }))
  const answer = await clientOf(t, url).call({
    ...call,
    values: { name: 'a/b?c' },
    query: '?d=e',
    headers: { 'idempotency-key': 'f' },
  })
  assert.deepEqual(answer, { ok: true })
  const [request] = received
  assert.equal(`${request?.method} ${request?.path}`, 'POST /v1/people/a%2Fb%3Fc?d=e')
  assert.equal(request?.headers.authorization, `Bearer ${token}`)
  assert.equal(request?.headers['content-type'], 'application/json')
  assert.equal(request?.headers['idempotency-key'], 'f')
  assert.deepEqual(JSON.parse(request?.body ?? ''), { secret: 'of a visitor' })
})

test('a connection is used again', async (t) => {
  const { url, connections } = await answeringServer(t, json(200, { ok: true }))
  const client = clientOf(t, url)
  for (let calls = 0; calls < 20; calls++) await client.call(call)
  // undici may count a connection as busy for a moment after its answer.
  assert.ok(connections() <= 2, `${connections()} connections`)
})

test('a call that hangs holds up no other', async (t) => {
  const { url } = await answeringServer(t, (res, { path }) => {
    if (path !== '/v1/people/slow') json(200, { ok: true })(res, {} as never)
  })
  const client = clientOf(t, url, { milliseconds: 3000 })
  const hanging = refusalOf(client.call({ ...call, values: { name: 'slow' } }))
  assert.deepEqual(await Promise.all([client.call(call), client.call(call)]), [{ ok: true }, { ok: true }])
  assert.equal((await hanging).fault, 'slow')
})

const faultOfStatus: Readonly<Record<number, string>> = {
  200: 'surprising',
  204: 'surprising',
  302: 'surprising',
  400: 'refused',
  401: 'failing',
  403: 'failing',
  404: 'refused',
  408: 'slow',
  409: 'busy',
  422: 'refused',
  423: 'busy',
  425: 'slow',
  429: 'busy',
  500: 'failing',
  502: 'failing',
  503: 'failing',
}

for (const [status, fault] of Object.entries(faultOfStatus)) {
  test(`an answer of ${status} that the API does not describe is ${fault}`, async (t) => {
    const { url } = await answeringServer(t, (res) => void res.writeHead(Number(status)).end())
    const error = await refusalOf(clientOf(t, url).call({ ...call, answers: { 201: ok } }))
    assert.equal(error.fault, fault)
    assert.equal(error.retryAfterSeconds, undefined)
    assert.match(error.message, new RegExp(`^crm: POST /v1/people/\\{name\\} answered ${status}(:|,|$)`))
  })
}

test('credentials that are not taken tell the operator which setting to renew', async (t) => {
  for (const status of [401, 403]) {
    const { url } = await answeringServer(t, json(status, {}))
    assert.match((await refusalOf(clientOf(t, url).call(call))).message, /renew CRM_TOKEN/)
  }
})

test('a system that says when to come again is busy, and is believed', async (t) => {
  const date = new Date(Date.now() + 3_600_000).toUTCString()
  for (const [status, header, atLeast, atMost] of [
    [429, '7', 7, 7],
    [503, '30', 30, 30],
    [477, '60', 60, 60],
    [503, date, 3500, 3600],
  ] as const) {
    const { url } = await answeringServer(t, json(status, {}, { 'retry-after': header }))
    const { fault, retryAfterSeconds = -1 } = await refusalOf(clientOf(t, url).call(call))
    assert.equal(fault, 'busy')
    assert.ok(retryAfterSeconds >= atLeast && retryAfterSeconds <= atMost, `${status} ${header}`)
  }
})

test('a system that cannot be connected to is unreachable', async (t) => {
  const plain = await answeringServer(t, json(200, { ok: true }))
  for (const url of [
    'http://127.0.0.1:1',
    'http://nobody.invalid',
    // TLS with a server that speaks none.
    plain.url.replace('http:', 'https:'),
  ]) {
    const error = await refusalOf(clientOf(t, url).call(call))
    assert.equal(error.fault, 'unreachable', url)
    assert.match(error.message, /see whether CRM_URL is right/)
  }
})

test('waiting for a connection ends long before waiting for an answer would', async (t) => {
  const port = await deafServer(t)
  const error = await refusalOf(clientOf(t, `http://127.0.0.1:${port}`, { milliseconds: 60_000 }).call(call))
  assert.equal(error.fault, 'unreachable')
  assert.match(error.message, /UND_ERR_CONNECT_TIMEOUT/)
})

test('a connection that is lost before or within the answer is unreachable', async (t) => {
  const before = await answeringServer(t, (res) => void res.socket?.resetAndDestroy())
  const within = await answeringServer(t, (res) => {
    res.writeHead(200, { 'content-length': '100' }).write('{"ok":')
    setImmediate(() => res.destroy())
  })
  for (const { url } of [before, within]) {
    assert.equal((await refusalOf(clientOf(t, url).call(call))).fault, 'unreachable')
  }
})

test('a system that never answers, or never ends its answer, is slow', async (t) => {
  const hanging = await answeringServer(t, () => {})
  const trickling = await answeringServer(t, (res) => {
    const timer = setInterval(() => res.write(' '), 10)
    res.once('close', () => clearInterval(timer))
  })
  for (const { url } of [hanging, trickling]) {
    const error = await refusalOf(clientOf(t, url, { milliseconds: 200 }).call(call))
    assert.equal(error.fault, 'slow')
  }
})

test('an answer that is not what the API describes is surprising', async (t) => {
  const answers = {
    'no JSON': '<html>',
    'cut off': '{"ok":tr',
    'another form': '{"ok":false}',
    nothing: '',
    'too large': JSON.stringify({ ok: true, padding: 'x'.repeat(1_100_000) }),
  }
  for (const [what, body] of Object.entries(answers)) {
    const { url } = await answeringServer(t, (res) => void res.end(body))
    assert.equal((await refusalOf(clientOf(t, url).call(call))).fault, 'surprising', what)
  }
  const noHttp = await answeringServer(t, (res) => void res.socket?.end('220 mail ready\r\n'))
  assert.equal((await refusalOf(clientOf(t, noHttp.url).call(call))).fault, 'surprising')
})

test('a redirect is not followed, so that the token goes nowhere else', async (t) => {
  const elsewhere = await answeringServer(t, json(200, { ok: true }))
  const { url } = await answeringServer(t, json(307, {}, { location: elsewhere.url }))
  assert.equal((await refusalOf(clientOf(t, url).call(call))).fault, 'surprising')
  assert.equal(elsewhere.received.length, 0)
})

test('no error tells the token, what was sent, or what the other system said', async (t) => {
  const told = 'ada@example.com said so'
  const servers = await Promise.all([
    answeringServer(t, json(400, { message: told })),
    answeringServer(t, json(500, { message: told })),
    answeringServer(t, json(200, { [told]: told })),
    answeringServer(t, (res) => void res.end(told)),
    answeringServer(t, (res) => void res.destroy()),
  ])
  for (const { url } of servers) {
    const error = await refusalOf(clientOf(t, url).call(call))
    const all = [
      error.message,
      error.stack,
      JSON.stringify(error),
      String((error.cause as Error)?.stack),
    ].join()
    for (const secret of [token, 'of a visitor', 'said so', 'ada@example.com', 'ada%40example.com']) {
      assert.ok(!all.includes(secret), `${secret} in ${all}`)
    }
  }
})
