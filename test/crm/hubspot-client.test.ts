import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { Client } from '@hubspot/api-client'
import { propertiesOf } from '../../app/crm/contact-properties.ts'
import { createHubspotClient } from '../../app/crm/hubspot-client.ts'
import { type Answer, answeringServer, json, type Received } from '../outside/answering-server.ts'
import { refusalOf } from '../outside/refusal.ts'
import { ada, bob } from './people.ts'

const token = 'pat-na1-of-nobody'
const time = '2026-03-02T09:30:00.000Z'
const kept = { id: '101', properties: {}, createdAt: time, updatedAt: time, archived: false, new: true }
const batch = { status: 'COMPLETE', results: [kept], startedAt: time, completedAt: time }

async function crmAt(t: TestContext, answer: Answer) {
  const server = await answeringServer(t, answer)
  const crm = createHubspotClient(server.url, token)
  t.after(() => crm.close())
  return { ...server, crm, hubspot: new Client({ accessToken: token, basePath: server.url }) }
}

/** What of a request an API looks at. */
const essence = ({ method, path, headers, body }: Received) => ({
  method,
  path,
  authorization: headers.authorization,
  contentType: headers['content-type'],
  body: body && JSON.parse(body),
})

function assertSame(received: readonly Received[]): void {
  const [ours, theirs, ...others] = received.map(essence)
  assert.ok(ours && theirs && others.length === 0)
  assert.deepEqual(ours, theirs)
}

test('an upsert is the call that the published client makes', async (t) => {
  const { crm, hubspot, received } = await crmAt(t, json(200, batch))
  await crm.upsert(ada)
  await hubspot.crm.contacts.batchApi.upsert({
    inputs: [{ idProperty: 'email', id: ada.email, properties: propertiesOf(ada) }],
  })
  assertSame(received)
  assert.deepEqual(JSON.parse(received[0]?.body ?? '').inputs[0].properties, {
    email: 'ada@example.com',
    firstname: 'Ada Maria',
    lastname: 'Lovelace',
    company: 'Engines & Sons',
    invite_status: 'requested',
    invite_purpose: 'Weaving\nalgebra “patterns”',
  })
})

test('a contact is asked for as the published client asks', async (t) => {
  const { crm, hubspot, received } = await crmAt(t, json(200, { ...kept, properties: propertiesOf(ada) }))
  assert.deepEqual(await crm.contact('101'), ada)
  await hubspot.crm.contacts.basicApi.getById('101', Object.keys(propertiesOf(ada)))
  assertSame(received)
})

test('a contact is forgotten as the published client does it', async (t) => {
  const { crm, hubspot, received } = await crmAt(t, (res) => void res.writeHead(204).end())
  await crm.forget(ada.email)
  await hubspot.crm.contacts.basicApi.purge({ objectId: ada.email, idProperty: 'email' })
  assertSame(received)
})

test('a name of one word is a first name, and comes back whole', async (t) => {
  const { crm } = await crmAt(t, json(200, { ...kept, properties: propertiesOf(bob) }))
  assert.equal(propertiesOf(bob).firstname, 'Bob')
  assert.deepEqual(await crm.contact('102'), bob)
})

test('an upsert names no property that is empty or no news', async (t) => {
  assert.deepEqual(Object.keys(propertiesOf(bob)), ['email', 'firstname', 'invite_status'])
  const { crm, received } = await crmAt(t, json(200, batch))
  await crm.upsert({ email: ada.email, status: 'invited', company: '' })
  assert.deepEqual(JSON.parse(received[0]?.body ?? '').inputs[0].properties, {
    email: ada.email,
    invite_status: 'invited',
  })
})

test('properties without a value, or that do not exist, are empty', async (t) => {
  const properties = { email: 'ada@example.com', firstname: null, lastname: 'Lovelace', invite_status: 'VIP' }
  const { crm } = await crmAt(t, json(200, { ...kept, properties }))
  assert.deepEqual(await crm.contact('101'), {
    email: 'ada@example.com',
    name: 'Lovelace',
    company: '',
    purpose: '',
    status: 'requested',
  })
})

test('a contact that is not there, or has no address, is none', async (t) => {
  const gone = await crmAt(t, json(404, { status: 'error', category: 'OBJECT_NOT_FOUND' }))
  assert.equal(await gone.crm.contact('101'), undefined)
  await gone.crm.forget(ada.email)
  const nameless = await crmAt(t, json(200, { ...kept, properties: { email: null } }))
  assert.equal(await nameless.crm.contact('101'), undefined)
})

test('a 404 of something that is not the CRM is no answer about a contact', async (t) => {
  const { crm } = await crmAt(t, (res) => void res.writeHead(404).end('<h1>Not found</h1>'))
  assert.equal((await refusalOf(crm.contact('101'))).fault, 'surprising')
})

test('a batch that kept no contact is a failure: for good when a value is not taken', async (t) => {
  const failed = (category: string) => ({
    ...batch,
    results: [],
    numErrors: 1,
    errors: [{ status: 'error', category, message: 'ada@example.com', context: {}, links: {}, errors: [] }],
  })
  const invalid = await crmAt(t, json(207, failed('VALIDATION_ERROR')))
  const refused = await refusalOf(invalid.crm.upsert(ada))
  assert.equal(refused.fault, 'refused')
  assert.match(refused.message, /invite_status and invite_purpose/)
  assert.doesNotMatch(refused.message, /ada@/)
  const limited = await crmAt(t, json(207, failed('RATE_LIMITS')))
  assert.equal((await refusalOf(limited.crm.upsert(ada))).fault, 'failing')
  const empty = await crmAt(t, json(200, { ...batch, results: [] }))
  assert.equal((await refusalOf(empty.crm.upsert(ada))).fault, 'failing')
})

test('a batch that is not complete is surprising', async (t) => {
  const { crm } = await crmAt(t, json(200, { ...batch, status: 'PENDING' }))
  assert.equal((await refusalOf(crm.upsert(ada))).fault, 'surprising')
})

test('an upsert that the CRM refuses says what to look for there', async (t) => {
  const { crm } = await crmAt(t, json(400, { status: 'error', category: 'VALIDATION_ERROR' }))
  const { fault, message } = await refusalOf(crm.upsert(ada))
  assert.equal(fault, 'refused')
  assert.match(message, /contacts have invite_status and invite_purpose/)
})
