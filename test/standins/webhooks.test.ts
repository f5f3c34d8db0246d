import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import type { WebhookEvent } from '../../standins/crm/webhook-event.ts'
import { createWebhooks } from '../../standins/crm/webhooks.ts'
import { until } from '../until.ts'
import { runStandIns, secret, upsertOf, upsertPath } from './running.ts'

interface Taken {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly events: readonly WebhookEvent[]
}

/** A site that answers each webhook with the next of these statuses, and the last from then on. */
async function startSite(t: TestContext, ...statuses: number[]) {
  const taken: Taken[] = []
  const server = createServer(async (req, res) => {
    const body = await text(req)
    taken.push({ path: req.url ?? '', headers: req.headers, body, events: JSON.parse(body) })
    res.writeHead(statuses[taken.length - 1] ?? statuses.at(-1) ?? 204).end()
  }).listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return { taken, siteUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

const valuesOf = (taken: readonly Taken[]) =>
  taken.flatMap(({ events }) => events.map(({ propertyValue }) => propertyValue))

test('an upsert that changes the state of a contact sends a signed webhook to the site', async (t) => {
  const { taken, siteUrl } = await startSite(t)
  const { call, state } = await runStandIns(t, { siteUrl, crmWebhookSecret: secret })
  await call(upsertPath, upsertOf('ada@example.com', { invite_status: 'invited' }))
  await until(async () => taken.length === 1, 'the webhook')
  const { path, headers, body, events } = taken[0] as Taken
  assert.equal(path, '/hooks/crm')
  // What is signed is the address that visitors know, wherever the site was called.
  const timestamp = headers['x-hubspot-request-timestamp']
  const source = `POSThttps://www.example.com/hooks/crm${body}${timestamp}`
  const signature = createHmac('sha256', secret).update(source).digest('base64')
  assert.equal(headers['x-hubspot-signature-v3'], signature)
  assert.ok(Math.abs(Date.now() - Number(timestamp)) < 60_000)
  const { eventId, occurredAt, ...event } = events[0] as WebhookEvent
  assert.ok(Number.isSafeInteger(eventId) && Number.isSafeInteger(occurredAt))
  const [contact] = (await state()).contacts
  assert.deepEqual(event, {
    subscriptionId: 1160452,
    portalId: 62515,
    appId: 54321,
    subscriptionType: 'contact.propertyChange',
    attemptNumber: 0,
    objectId: Number(contact?.id),
    propertyName: 'invite_status',
    propertyValue: 'invited',
    changeSource: 'INTEGRATION',
  })
})

test('an upsert that leaves the state as it is sends no webhook', async (t) => {
  const { taken, siteUrl } = await startSite(t)
  const { call } = await runStandIns(t, { siteUrl, crmWebhookSecret: secret })
  const send = (status: string) => call(upsertPath, upsertOf('ada@example.com', { invite_status: status }))
  await send('requested')
  await send('requested')
  await send('invited')
  await until(async () => valuesOf(taken).includes('invited'), 'the webhook')
  assert.deepEqual(valuesOf(taken), ['requested', 'invited'])
})

test('a webhook that the site does not take is sent again, with a count and a new signature', async (t) => {
  const { taken, siteUrl } = await startSite(t, 503, 500, 204)
  const webhooks = createWebhooks({
    siteUrl,
    publicUrl: siteUrl,
    secret,
    pauses: [20, 20, 20],
  })
  t.after(webhooks.close)
  webhooks.tell({ eventId: 7, objectId: 12, propertyValue: 'invited' } as WebhookEvent)
  await webhooks.flush()
  await until(async () => webhooks.about('12')?.state === 'delivered', 'the webhook')
  assert.deepEqual(webhooks.about('12'), { state: 'delivered', attempts: 3, answer: '204' })
  assert.deepEqual(
    taken.map(({ events }) => [events[0]?.eventId, events[0]?.attemptNumber]),
    [
      [7, 0],
      [7, 1],
      [7, 2],
    ],
  )
  assert.equal(new Set(taken.map(({ headers }) => headers['x-hubspot-signature-v3'])).size, 3)
})

test('a webhook that the site never takes is given up, and says why', async () => {
  const webhooks = createWebhooks({
    siteUrl: 'http://127.0.0.1:9',
    publicUrl: 'http://127.0.0.1:9',
    secret,
    pauses: [20],
  })
  webhooks.tell({ objectId: 12 } as WebhookEvent)
  await webhooks.flush()
  await until(async () => webhooks.about('12')?.state === 'failed', 'it to give up')
  assert.equal(webhooks.about('12')?.attempts, 2)
  assert.notEqual(webhooks.about('12')?.answer, '')
})

test('changes that come together are told together, a hundred at most', async (t) => {
  const { taken, siteUrl } = await startSite(t)
  const webhooks = createWebhooks({ siteUrl, publicUrl: siteUrl, secret })
  for (let id = 1; id <= 250; id++) webhooks.tell({ objectId: id } as WebhookEvent)
  await webhooks.flush()
  assert.deepEqual(taken.map(({ events }) => events.length).sort(), [100, 100, 50])
})

test('without a secret the CRM sends nothing', async (t) => {
  const { taken, siteUrl } = await startSite(t)
  const webhooks = createWebhooks({ siteUrl, publicUrl: siteUrl, secret: '' })
  webhooks.tell({ objectId: 1 } as WebhookEvent)
  await webhooks.flush()
  assert.deepEqual([taken.length, webhooks.about('1')], [0, undefined])
})
