import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import express, { type ErrorRequestHandler } from 'express'
import { pinoHttp } from 'pino-http'
import type { Task } from '../../app/deliveries/task.ts'
import { codeOf, SiteError, statusOf } from '../../app/errors.ts'
import { crmHookHandlers } from '../../app/hooks/crm-hook.ts'
import { startSite } from '../site/site.ts'
import { invitedEvent, path, publicUrl, type Signed, secret, signedHeaders } from './signed.ts'

const config = { crmWebhookSecret: secret, publicUrl }
const body = JSON.stringify([invitedEvent, { ...invitedEvent, objectId: 7 }])

const call = (url: string, signed: Signed = {}, sent = signed.body ?? body) =>
  fetch(url + path, { method: 'POST', body: sent, headers: signedHeaders({ body, ...signed }) })

/** The hook with a queue of which only `add` is there. */
async function hookWith(t: TestContext, add: (task: Task) => Promise<void>): Promise<string> {
  const queue = { add } as Parameters<typeof crmHookHandlers>[0]['queue']
  const answerError: ErrorRequestHandler = (error, _req, res, _next) =>
    void res.status(statusOf[codeOf(error)]).end()
  const app = express()
    .use(pinoHttp({ level: 'silent' }))
    .post(path, express.raw({ type: () => true }), crmHookHandlers({ config, queue }).crmHook)
    .use(answerError)
  const server = app.listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('each contact that was invited is on disk before the CRM is told so', async (t) => {
  const added: Task[] = []
  const saved = Promise.withResolvers<void>()
  const url = await hookWith(t, async (task) => {
    added.push(task)
    await saved.promise
  })
  let isAnswered = false
  const answer = call(url).finally(() => {
    isAnswered = true
  })
  while (added.length < 2) await new Promise((soon) => setTimeout(soon, 5))
  assert.equal(isAnswered, false)
  saved.resolve()
  assert.equal((await answer).status, 204)
  assert.deepEqual(
    added.map((task) => task.kind === 'invited in the CRM' && task.crmId),
    ['65059681032', '7'],
  )
})

test('the same call again adds the same tasks, which a queue takes once', async (t) => {
  const ids: string[] = []
  const url = await hookWith(t, async ({ id }) => void ids.push(id))
  for (let calls = 0; calls < 3; calls++) assert.equal((await call(url)).status, 204)
  assert.equal(ids.length, 6)
  assert.equal(new Set(ids).size, 2)
})

test('when one of the tasks is not on disk, the CRM is asked to send again', async (t) => {
  const url = await hookWith(t, async (task) => {
    if (task.kind === 'invited in the CRM' && task.crmId === '7') throw new SiteError('unavailable', 'down')
  })
  assert.equal((await call(url)).status, 503)
})

test('an invite that cannot be read is left out, and the others are taken', async (t) => {
  const added: Task[] = []
  const url = await hookWith(t, async (task) => void added.push(task))
  const mixed = JSON.stringify([{ ...invitedEvent, occurredAt: 'yesterday' }, invitedEvent])
  assert.equal((await call(url, { body: mixed })).status, 204)
  assert.equal(added.length, 1)
})

test('what the CRM did not sign just now adds nothing', async (t) => {
  const added: Task[] = []
  const url = await hookWith(t, async (task) => void added.push(task))
  const minute = 60_000
  for (const signed of [
    { by: 'another secret' },
    { at: Date.now() - 6 * minute },
    { at: Date.now() + 6 * minute },
    { uri: 'https://www.example.net/hooks/crm' },
  ]) {
    assert.equal((await call(url, signed)).status, 403, JSON.stringify(signed))
  }
  assert.equal((await call(url, {}, `${body} `)).status, 403)
  assert.equal((await fetch(url + path, { method: 'POST', body })).status, 403)
  assert.equal(added.length, 0)
})

test('a signed body that holds no events is a bad request', async (t) => {
  const url = await hookWith(t, async () => {})
  for (const wrong of ['', '{}', 'null', 'not JSON']) {
    assert.equal((await call(url, { body: wrong })).status, 400, wrong)
  }
})

test('the site takes what the CRM signs, without a session, and stores the answer nowhere', async (t) => {
  const site = await startSite(t, config)
  const answer = await call(site.url)
  assert.equal(answer.status, 204)
  assert.equal(answer.headers.get('cache-control'), 'private, no-store')
  assert.equal(answer.headers.get('set-cookie'), null)
  assert.equal((await fetch(site.url + path)).status, 405)
})

test('a call that nobody signed is forbidden, and tells the operator what to look at', async (t) => {
  const site = await startSite(t, config)
  assert.equal((await call(site.url, { by: 'another secret' })).status, 403)
  const line = site.lines.find((text) => text.includes('CRM_WEBHOOK_SECRET'))
  assert.ok(line?.includes('PUBLIC_URL'))
  assert.ok(!site.lines.join().includes(secret))
})

test('a site without the secret of a CRM has no such page', async (t) => {
  const site = await startSite(t, { publicUrl, crmWebhookSecret: '' })
  assert.equal((await call(site.url)).status, 404)
  assert.equal((await call(site.url, { by: '' })).status, 404)
})

test('while the queue is down, the CRM is asked to send again, and when', async (t) => {
  const site = await startSite(t, { ...config, queueUrl: 'redis://127.0.0.1:1' })
  const answer = await call(site.url)
  assert.equal(answer.status, 503)
  assert.ok(Number(answer.headers.get('retry-after')) > 0)
})
