import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Account, AccountsClient, NewAccount } from '../../app/accounts/accounts-client.ts'
import { openAccounts } from '../../app/accounts/open-accounts.ts'
import { accountKey } from '../../app/invites/invite.ts'
import { type Answer, answeringServer, json } from '../outside/answering-server.ts'
import { refusalOf } from '../outside/refusal.ts'
import { examplesOf, formOf, statusesOf } from './accounts-api.ts'

const token = 'a-token-of-the-accounts'
const made = examplesOf('/v1/accounts', 'post', '201').get('account') as unknown as Account & { name: string }
const ada: NewAccount = {
  key: accountKey({ id: 'ada', invitedAt: '2026-11-21T09:30:00.000Z' }),
  email: made.email,
  name: made.name,
  workspace: made.workspace,
  password: 'three white horses at noon',
}
const { id, email, workspace } = made
const account = { id, email, workspace }

async function accountsAt(t: TestContext, answer: Answer) {
  const server = await answeringServer(t, answer)
  const accounts = openAccounts({ accountsUrl: server.url, accountsToken: token })
  t.after(() => accounts.close())
  return { ...server, accounts }
}

test('an account is asked for as the API describes it', async (t) => {
  const { accounts, received } = await accountsAt(t, json(201, made))
  assert.deepEqual(await accounts.create(ada), { account })
  const [request] = received
  assert.equal(`${request?.method} ${request?.path}`, 'POST /v1/accounts')
  assert.equal(request?.headers.authorization, `Bearer ${token}`)
  assert.equal(request?.headers['content-type'], 'application/json')
  assert.equal(request?.headers['idempotency-key'], ada.key)
  assert.ok(formOf('Key')(ada.key))
  const { key: _key, ...body } = ada
  assert.deepEqual(JSON.parse(request?.body ?? ''), body)
  assert.ok(formOf('NewAccount')(body), JSON.stringify(formOf('NewAccount').errors))
})

test('an account that an earlier call made is the answer, with the workspace that it has', async (t) => {
  const { accounts } = await accountsAt(t, json(200, { ...made, workspace: 'the-first-one' }))
  assert.deepEqual(await accounts.create(ada), { account: { ...account, workspace: 'the-first-one' } })
})

for (const [what, example] of examplesOf('/v1/accounts', 'post', '409')) {
  test(`a conflict says what is taken: ${what}`, async (t) => {
    const { accounts } = await accountsAt(t, json(409, example))
    assert.deepEqual(await accounts.create(ada), { taken: what })
  })
}

for (const [what, example] of examplesOf('/v1/workspaces/{name}', 'get', '200')) {
  test(`the name of a workspace is ${what}`, async (t) => {
    const { name } = example as { name: string }
    const { accounts, received } = await accountsAt(t, json(200, example))
    assert.equal(await accounts.isFree(name), what === 'free')
    assert.equal(received[0]?.path, `/v1/workspaces/${name}`)
  })
}

test('an account is found by its key, or none is', async (t) => {
  const found = await accountsAt(t, json(200, made))
  assert.deepEqual(await found.accounts.find(ada.key), account)
  assert.equal(found.received[0]?.path, `/v1/accounts/by-key/${ada.key}`)
  const none = examplesOf('/v1/accounts/by-key/{key}', 'get', '404').get('unknown')
  assert.equal(await (await accountsAt(t, json(404, none))).accounts.find(ada.key), undefined)
})

type Operation = readonly [path: string, method: string, call: (accounts: AccountsClient) => Promise<unknown>]

const operations: readonly Operation[] = [
  ['/v1/accounts', 'post', (accounts) => accounts.create(ada)],
  ['/v1/accounts/by-key/{key}', 'get', (accounts) => accounts.find(ada.key)],
  ['/v1/workspaces/{name}', 'get', (accounts) => accounts.isFree(workspace)],
]

const answered = ['200', '201', '409', '404']
const faultOfStatus: Readonly<Record<string, string>> = {
  400: 'refused',
  401: 'failing',
  413: 'refused',
  422: 'refused',
  429: 'busy',
  503: 'busy',
}

for (const [path, method, call] of operations) {
  for (const status of statusesOf(path, method).filter((one) => !answered.includes(one))) {
    test(`${status}, which ${method} ${path} may answer, is an error of its kind`, async (t) => {
      const [example] = examplesOf(path, method, status).values()
      const { accounts } = await accountsAt(t, json(Number(status), example, { 'retry-after': '3' }))
      const plain = await accountsAt(t, json(Number(status), example))
      const waits = status === '429' || status === '503'
      const error = await refusalOf(call(waits ? accounts : plain.accounts))
      assert.equal(error.fault, faultOfStatus[status])
      assert.equal(error.retryAfterSeconds, waits ? 3 : undefined)
      assert.doesNotMatch(error.stack ?? '', /horses|ada@|token-of/)
    })
  }

  test(`an answer to ${method} ${path} that is not what the API describes is an error, not a crash`, async (t) => {
    for (const [status, body] of [
      [200, null],
      [200, []],
      [200, { ...made, id: 7, free: 'yes' }],
      [200, { ...made, email: undefined, free: undefined }],
      [201, 'made'],
      [404, '<h1>Not found</h1>'],
      [409, { code: 'something_else' }],
    ] as const) {
      const { accounts } = await accountsAt(t, json(status, body))
      const { fault } = await refusalOf(call(accounts))
      assert.ok(['surprising', 'refused', 'busy'].includes(fault), `${status} ${fault}`)
    }
  })
}

test('the account of somebody else is never taken for the one that was asked for', async (t) => {
  const { accounts } = await accountsAt(t, json(200, { ...made, email: 'eve@example.com' }))
  assert.equal((await refusalOf(accounts.create(ada))).fault, 'surprising')
  const upper = await accountsAt(t, json(200, { ...made, email: made.email.toUpperCase() }))
  assert.ok('account' in (await upper.accounts.create(ada)))
})

test('what is said of another workspace is no answer about this one', async (t) => {
  const { accounts } = await accountsAt(t, json(200, { name: 'another', free: true }))
  assert.equal((await refusalOf(accounts.isFree(workspace))).fault, 'surprising')
})

test('members that the API may get later change nothing', async (t) => {
  const { accounts } = await accountsAt(t, json(201, { ...made, plan: 'free' }))
  assert.deepEqual(await accounts.create(ada), { account })
})

test('a visitor waits four seconds at most, however the account system hangs', {
  timeout: 9000,
}, async (t) => {
  const { accounts } = await accountsAt(t, (res) => {
    const timer = setInterval(() => res.write(' '), 100)
    res.once('close', () => clearInterval(timer))
  })
  assert.equal((await refusalOf(accounts.create(ada))).fault, 'slow')
})
