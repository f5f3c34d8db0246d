import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { Client } from '@hubspot/api-client'
import { FilterOperatorEnum } from '@hubspot/api-client/lib/codegen/crm/contacts/models/Filter.js'
import { runStandIns, token } from './running.ts'

async function startWithClient(t: TestContext, accessToken = token) {
  const standIns = await runStandIns(t)
  const client = new Client({ accessToken, basePath: standIns.url })
  const { contacts } = client.crm
  const { basicApi, batchApi, searchApi } = contacts
  return { standIns, contacts, basicApi, batchApi, searchApi }
}

/** What HubSpot's client rejects with. */
interface ApiException {
  readonly code: number
  readonly body: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, string>>
}

async function refusalOf(call: Promise<unknown>): Promise<ApiException> {
  const error = await call.then(
    () => assert.fail('it should have been refused'),
    (reason: unknown) => reason,
  )
  return error as ApiException
}

const ada = { email: 'Ada@Example.com', firstname: 'Ada', company: 'Engines' }
const upsertOf = (email: string, properties: Record<string, string>) => ({
  inputs: [{ id: email, idProperty: 'email', properties }],
})

test("HubSpot's own client upserts: the first makes a contact, the second changes it", async (t) => {
  const { batchApi, standIns } = await startWithClient(t)
  const first = await batchApi.upsert(upsertOf(ada.email, { firstname: 'Ada', invite_status: 'requested' }))
  assert.equal(first.status, 'COMPLETE')
  assert.ok(first.completedAt instanceof Date && first.startedAt instanceof Date)
  assert.equal(first.results[0]?._new, true)
  assert.equal(first.results[0]?.properties.email, 'ada@example.com')
  const second = await batchApi.upsert(upsertOf('ada@example.com', { invite_status: 'invited' }))
  assert.equal(second.results[0]?._new, false)
  assert.equal(second.results[0]?.id, first.results[0]?.id)
  const { contacts } = await standIns.state()
  assert.deepEqual(
    contacts.map(({ upserts, statuses }) => [upserts, statuses.map(({ value }) => value)]),
    [[2, ['invited', 'requested']]],
  )
})

test("HubSpot's own client gets a contact by id and by e-mail address, with its history", async (t) => {
  const { basicApi } = await startWithClient(t)
  const { id } = await basicApi.create({
    properties: { ...ada, invite_status: 'requested' },
    associations: [],
  })
  const byId = await basicApi.getById(id, ['company', 'phone'], ['invite_status'])
  assert.equal(byId.properties.company, 'Engines')
  assert.equal(byId.properties.phone, null)
  assert.equal(byId.propertiesWithHistory?.invite_status?.[0]?.value, 'requested')
  assert.ok(byId.createdAt instanceof Date && byId.updatedAt instanceof Date)
  const byEmail = await basicApi.getById('ADA@example.com', [], [], [], false, 'email')
  assert.equal(byEmail.id, id)
  const { code, body } = await refusalOf(basicApi.getById('12'))
  assert.deepEqual([code, body.status, body.category], [404, 'error', 'OBJECT_NOT_FOUND'])
})

test("HubSpot's own client creates a contact once: the second is a conflict that names the first", async (t) => {
  const { basicApi } = await startWithClient(t)
  const { id } = await basicApi.create({ properties: ada, associations: [] })
  const { code, body } = await refusalOf(basicApi.create({ properties: ada, associations: [] }))
  assert.equal(code, 409)
  assert.equal(body.category, 'CONFLICT')
  assert.equal(body.message, `Contact already exists. Existing ID: ${id}`)
  assert.match(String(body.correlationId), /^[0-9a-f-]{36}$/)
})

test("HubSpot's own client updates a contact; an empty value clears a property", async (t) => {
  const { basicApi } = await startWithClient(t)
  const { id } = await basicApi.create({ properties: ada, associations: [] })
  await basicApi.update('ada@example.com', { properties: { firstname: 'Augusta', company: '' } }, 'email')
  const { properties } = await basicApi.getById(id, ['firstname', 'company'])
  assert.deepEqual([properties.firstname, properties.company], ['Augusta', null])
  const { code } = await refusalOf(basicApi.update('12', { properties: {} }))
  assert.equal(code, 404)
})

test("HubSpot's own client searches, page by page", async (t) => {
  const { basicApi, searchApi } = await startWithClient(t)
  for (const name of ['ada', 'bob', 'eve']) {
    const status = name === 'eve' ? 'invited' : 'requested'
    await basicApi.create({
      properties: { email: `${name}@example.com`, invite_status: status },
      associations: [],
    })
  }
  const requested = {
    propertyName: 'invite_status',
    operator: FilterOperatorEnum.Eq,
    value: 'requested',
  }
  const search = { filterGroups: [{ filters: [requested] }], properties: ['invite_status'], limit: 1 }
  const first = await searchApi.doSearch(search)
  assert.equal(first.total, 2)
  assert.equal(first.results[0]?.properties.email, 'bob@example.com')
  const second = await searchApi.doSearch({ ...search, after: first.paging?.next?.after ?? '' })
  assert.equal(second.results[0]?.properties.email, 'ada@example.com')
  assert.equal(second.paging, undefined)
  assert.equal((await searchApi.doSearch({ query: 'EVE' })).results[0]?.properties.email, 'eve@example.com')
})

test("HubSpot's own client lists all contacts, page by page", async (t) => {
  const { basicApi, contacts } = await startWithClient(t)
  for (const name of ['ada', 'bob', 'eve']) {
    await basicApi.create({ properties: { email: `${name}@example.com` }, associations: [] })
  }
  const first = await basicApi.getPage(2)
  assert.equal(first.results.length, 2)
  const second = await basicApi.getPage(2, first.paging?.next?.after)
  assert.deepEqual(
    second.results.map(({ properties }) => properties.email),
    ['eve@example.com'],
  )
  assert.equal((await contacts.getAll(2)).length, 3)
})

test("HubSpot's own client deletes a person for good, also one who is not there", async (t) => {
  const { basicApi, standIns } = await startWithClient(t)
  await basicApi.create({ properties: ada, associations: [] })
  await basicApi.purge({ objectId: 'ada@example.com', idProperty: 'email' })
  await basicApi.purge({ objectId: 'ada@example.com', idProperty: 'email' })
  assert.deepEqual((await standIns.state()).contacts, [])
})

test("HubSpot's own client with a wrong token is refused", async (t) => {
  const { basicApi } = await startWithClient(t, 'another token')
  const { code, body } = await refusalOf(basicApi.getPage())
  assert.deepEqual([code, body.category], [401, 'INVALID_AUTHENTICATION'])
})

test("HubSpot's own client is told when it calls too often", async (t) => {
  const { basicApi, standIns } = await startWithClient(t)
  await standIns.setFault('crm', 'rate-limit')
  const { code, body, headers } = await refusalOf(basicApi.getPage())
  assert.deepEqual([code, body.errorType, headers['retry-after']], [429, 'RATE_LIMIT', '2'])
})

test("HubSpot's own client is told which properties are wrong, and nothing of the batch is kept", async (t) => {
  const { batchApi, standIns } = await startWithClient(t)
  const wrong = [{ email: 'no address' }, { email: 'eve@example.com', favourite_colour: 'blue' }].map(
    (properties) => ({ id: properties.email, idProperty: 'email', properties }),
  )
  const right = { id: 'ada@example.com', idProperty: 'email', properties: {} }
  const { code, body } = await refusalOf(batchApi.upsert({ inputs: [right, ...wrong] }))
  assert.equal(code, 400)
  assert.match(String(body.message), /INVALID_EMAIL.*PROPERTY_DOESNT_EXIST/)
  assert.deepEqual((await standIns.state()).contacts, [])
})
