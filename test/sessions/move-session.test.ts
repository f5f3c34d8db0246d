import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Request } from 'express'
import type { SessionData } from 'express-session'
import session from 'express-session'
import { moveSession } from '../../app/sessions/move-session.ts'

/** A request whose session is in a store of this process. */
async function requestIn(store: session.MemoryStore): Promise<Request> {
  const middleware = session({ store, secret: 'x', resave: false, saveUninitialized: false })
  const req = { headers: {}, url: '/', originalUrl: '/' } as Request
  const res = { setHeader() {}, end() {}, writeHead() {} }
  await new Promise((done) => middleware(req, res as never, done))
  return req
}

const kept = (store: session.MemoryStore, id: string) =>
  new Promise<SessionData | null | undefined>((resolve, reject) =>
    store.get(id, (error, found) => (error ? reject(error) : resolve(found))),
  )

test('the new session has what it is given; the old one is left with the token of its forms', async () => {
  const store = new session.MemoryStore()
  const req = await requestIn(store)
  const old = req.sessionID
  const visitor = { name: 'Ann', visits: 1, since: '2026-01-01' }
  Object.assign(req.session, { csrf: 'before', visitor })
  await moveSession(req, { visitor })
  assert.notEqual(req.sessionID, old)
  const { cookie: _, csrf, ...moved } = (await kept(store, req.sessionID)) ?? {}
  assert.deepEqual(moved, { visitor })
  assert.match(csrf ?? '', /^[\w-]{43}$/)
  const { cookie, ...left } = (await kept(store, old)) ?? {}
  assert.deepEqual(left, { csrf: 'before' })
  const halfHour = 30 * 60 * 1000
  assert.ok((cookie?.originalMaxAge ?? Number.NaN) <= halfHour, 'what is left is not kept for weeks')
  assert.ok(new Date(cookie?.expires ?? Number.NaN).getTime() <= Date.now() + halfHour)
})

test('when the store fails, the request keeps its session, and with it the visitor the cookie', async () => {
  for (const failsAt of [1, 2]) {
    const store = new session.MemoryStore()
    const req = await requestIn(store)
    const before = [req.sessionID, req.session]
    const set = store.set.bind(store)
    let writes = 0
    store.set = (id, data, done) => {
      writes += 1
      if (writes === failsAt) done?.(new Error('down'))
      else set(id, data, done)
    }
    await assert.rejects(moveSession(req, {}), { code: 'unavailable' })
    assert.deepEqual([req.sessionID, req.session], before)
  }
})
