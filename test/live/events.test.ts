import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { liveEvents } from '../../app/live/events.ts'

test('the stream is not stored or held back, and begins with boot and age', async (t) => {
  const { url } = await serving(t)
  const { response, event } = await listen(t, url)
  assert.equal(response.headers.get('content-type'), 'text/event-stream; charset=utf-8')
  assert.equal(response.headers.get('cache-control'), 'no-store')
  assert.equal(response.headers.get('x-accel-buffering'), 'no')
  const hello = await event()
  assert.match(hello, /^event: hello\ndata: \{"boot":"[0-9a-f-]{36}","age":\d+\}$/)
})

test('all open pages are told of every change, in order', async (t) => {
  const { url, events } = await serving(t)
  const pages = await Promise.all([listen(t, url), listen(t, url)])
  for (const { event } of pages) await event()
  events.send('style', '{"href":"/static/css/site.1.css","integrity":"sha384-x"}')
  events.send('reload', '')
  for (const { event } of pages) {
    assert.equal(
      await event(),
      'event: style\ndata: {"href":"/static/css/site.1.css","integrity":"sha384-x"}',
    )
    assert.match(await event(), /^event: reload\ndata:/)
  }
})

test('a page that connects after a change learns how long ago it was', async (t) => {
  const { url, events } = await serving(t)
  const age = async () => JSON.parse((await (await listen(t, url)).event()).split('data: ')[1] ?? '').age
  await wait(1000)
  const sinceStart = await age()
  assert.ok(sinceStart >= 990)
  events.send('reload', '')
  assert.ok((await age()) < sinceStart)
})

test('another process has another boot id', async (t) => {
  const boots = await Promise.all([1, 2].map(async () => (await listen(t, (await serving(t)).url)).event()))
  const [one, other] = boots.map((hello) => /"boot":"([^"]+)"/.exec(hello)?.[1])
  assert.ok(one && other)
  assert.notEqual(one, other)
})

test('closing ends the streams, so that the server can stop, and refuses new ones', async (t) => {
  const { url, events, server } = await serving(t)
  const { event, ended } = await listen(t, url)
  await event()
  events.close()
  assert.equal(await ended(), true)
  assert.equal((await fetch(url)).status, 503)
  await new Promise((resolve) => server.close(resolve))
})

async function serving(t: TestContext) {
  const events = liveEvents()
  const server = createServer(events.listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    events.close()
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { events, server, url: `http://127.0.0.1:${port}/_live` }
}

async function listen(t: TestContext, url: string) {
  const abort = new AbortController()
  t.after(() => abort.abort())
  const response = await fetch(url, { signal: abort.signal })
  assert.ok(response.body)
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const event = async (): Promise<string> => {
    while (!text.includes('\n\n')) text += (await reader.read()).value ?? ''
    const [first = '', ...rest] = text.split('\n\n')
    text = rest.join('\n\n')
    return first
  }
  return { response, event, ended: async () => (await reader.read()).done }
}
