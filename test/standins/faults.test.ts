import assert from 'node:assert/strict'
import { test } from 'node:test'
import { until } from '../until.ts'
import { runStandIns, upsertOf, upsertPath } from './running.ts'

const apis = [
  ['crm', '/crm/v3/objects/contacts', 500],
  ['accounts', '/v1/workspaces/abc', 503],
] as const

for (const [system, path, failing] of apis) {
  test(`${system}: a call gets the fault that it asks for, the next one does not`, async (t) => {
    const { call } = await runStandIns(t)
    assert.equal((await call(`${path}?fault=fail`)).status, failing)
    const limited = await call(`${path}?fault=rate-limit`)
    assert.deepEqual([limited.status, limited.headers.get('retry-after')], [429, '2'])
    const garbage = await call(`${path}?fault=garbage`)
    assert.deepEqual([garbage.status, (await garbage.text())[0]], [200, '<'])
    await assert.rejects(call(`${path}?fault=reset`), /fetch failed/)
    await assert.rejects(
      call(`${path}?fault=hang`, { signal: AbortSignal.timeout(300) }),
      /aborted due to timeout/,
    )
    assert.equal((await call(`${path}?fault=fial`)).status, 400)
    assert.equal((await call(path)).status, 200)
  })

  test(`${system}: a switch makes the whole system fail, and heals it`, async (t) => {
    const { call, setFault } = await runStandIns(t)
    assert.equal((await setFault(system, 'fail')).status, 204)
    assert.equal((await call(path)).status, failing)
    const other = apis.find(([name]) => name !== system)
    assert.equal((await call(other?.[1] ?? '')).status, 200)
    await setFault(system, null)
    assert.equal((await call(path)).status, 200)
  })
}

test('a fault for some seconds heals by itself', async (t) => {
  const { call, setFault } = await runStandIns(t)
  await setFault('crm', 'fail', 0.5)
  assert.equal((await call('/crm/v3/objects/contacts')).status, 500)
  await until(async () => (await call('/crm/v3/objects/contacts')).status === 200, 'the CRM to heal')
})

test('a switch that no system has is refused, not ignored', async (t) => {
  const { setFault } = await runStandIns(t)
  assert.equal((await setFault('mail', 'garbage')).status, 400)
  assert.equal((await setFault('crm', 'refuse')).status, 400)
})

test('a slow call is carried out at once, only its answer is late', async (t) => {
  const { call, state } = await runStandIns(t)
  const calling = call(`${upsertPath}?fault=slow`, upsertOf('ada@example.com'))
  let isAnswered = false
  const answered = calling.then(() => {
    isAnswered = true
  })
  while ((await state()).contacts.length === 0) assert.equal(isAnswered, false)
  await answered
  assert.equal((await calling).status, 200)
})

test('a reset call is carried out, and its answer lost', async (t) => {
  const { call, state } = await runStandIns(t)
  await assert.rejects(call(`${upsertPath}?fault=reset`, upsertOf('ada@example.com')))
  assert.equal((await state()).contacts[0]?.upserts, 1)
})
