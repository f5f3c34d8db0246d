import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { load } from 'js-yaml'
import { described } from './openapi.ts'
import { type RunningStandIns, runStandIns } from './running.ts'

const file = join(import.meta.dirname, '../../docs/accounts-api.yaml')
const api = described(load(readFileSync(file, 'utf8')))

const key = 'signup-0123456789abcdefghijkl'
const ada = {
  email: 'ada@example.com',
  name: 'Ada',
  workspace: 'analytical-engine',
  password: 'three white horses',
}

const sent = (body: unknown, headers: Record<string, string> = { 'idempotency-key': key }): RequestInit => ({
  method: 'POST',
  body: typeof body === 'string' ? body : JSON.stringify(body),
  headers,
})

interface Case {
  readonly says: string
  readonly operation: string
  readonly path: string
  readonly request?: RequestInit
  readonly status: number
}

const of =
  (operation: string, path: string) =>
  (says: string, status: number, more: Partial<Case> = {}) => ({
    says,
    operation,
    path,
    status,
    ...more,
  })
const create = of('createAccount', '/v1/accounts')
const find = of('findAccountByKey', `/v1/accounts/by-key/${key}`)
const name = of('getWorkspaceName', '/v1/workspaces/analytical-engine')

/** One after the other, at one account system. */
const cases: readonly Case[] = [
  find('nothing made with a key', 404),
  name('a free name', 200),
  create('a new account', 201, { request: sent(ada) }),
  create('the same key again', 200, { request: sent(ada) }),
  create('a taken address', 409, { request: sent(ada, { 'idempotency-key': `${key}-other` }) }),
  create('a taken name', 409, {
    request: sent({ ...ada, email: 'bob@example.com' }, { 'idempotency-key': `${key}-other` }),
  }),
  create('no key', 400, { request: sent(ada, {}) }),
  create('a key of another form', 400, { request: sent(ada, { 'idempotency-key': 'a key' }) }),
  create('no JSON', 400, { request: sent('{') }),
  create('another type', 400, {
    request: sent(ada, { 'idempotency-key': key, 'content-type': 'text/plain' }),
  }),
  create('a body that is too long', 413, { request: sent({ ...ada, name: 'a'.repeat(20_000) }) }),
  create('a password that is too short', 422, { request: sent({ ...ada, password: 'short' }) }),
  create('a name that is too short', 422, { request: sent({ ...ada, workspace: 'ab' }) }),
  create('no members', 422, { request: sent({}) }),
  create('a list', 422, { request: sent([]) }),
  find('the account of a key', 200),
  name('a taken name', 200),
  name('a name with a hyphen at the end', 422, { path: '/v1/workspaces/engine-' }),
  ...[create, find, name].flatMap((operation) => [
    operation('a wrong token', 401, { request: { headers: { authorization: 'Bearer wrong' } } }),
    operation('too many calls', 429, { path: `${operation('', 0).path}?fault=rate-limit` }),
    operation('no service', 503, { path: `${operation('', 0).path}?fault=fail` }),
  ]),
].map((one) =>
  one.operation === 'createAccount' ? { ...one, request: { method: 'POST', ...one.request } } : one,
)

test('every answer of the account system is what docs/accounts-api.yaml describes', async (t) => {
  const standIns = await runStandIns(t)
  for (const one of cases) {
    await t.test(`${one.operation}: ${one.says} answers ${one.status}`, () => check(standIns, one))
  }
  const seen = new Set(cases.map(({ operation, status }) => `${operation} ${status}`))
  const unseen = api.answers().filter((answer) => !seen.has(answer))
  assert.deepEqual(unseen, [], 'answers that are described but were not tried')
})

async function check(standIns: RunningStandIns, { operation, path, request, status }: Case): Promise<void> {
  const answer = await standIns.call(path, request)
  assert.equal(answer.status, status)
  const type = answer.headers.get('content-type')?.split(';')[0] ?? ''
  assert.deepEqual(api.faultsOf(operation, status, type, await answer.json()), [])
  for (const header of api.headersOf(operation, status)) assert.ok(answer.headers.has(header), header)
}

test('every example in docs/accounts-api.yaml is of its own schema', () => {
  assert.deepEqual(api.wrongExamples(), [])
})

test('an account is never answered with more than is described, above all not with a password', async (t) => {
  const { call } = await runStandIns(t)
  const answer = await (await call('/v1/accounts', sent(ada))).json()
  assert.deepEqual(Object.keys(answer as object).sort(), ['createdAt', 'email', 'id', 'name', 'workspace'])
})

for (const [text, free] of [
  ['abc', true],
  ['a-b-c9', true],
  ['a'.repeat(32), true],
  ['ab', false],
  ['a'.repeat(33), false],
  ['9ab', false],
  ['Abc', false],
  ['a--b', false],
  ['ab-', false],
  ['a_b', false],
] as const) {
  test(`a workspace ${free ? 'can' : 'cannot'} be called ${text}`, async (t) => {
    const { call } = await runStandIns(t)
    assert.equal((await call(`/v1/workspaces/${text}`)).status, free ? 200 : 422)
  })
}
