import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startOperatorSite } from './operator-site.ts'

test('all invites come as CSV of which no program takes a cell for a formula', async (t) => {
  const site = await startOperatorSite(t)
  const fields = {
    email: 'ann@example.com',
    name: '=HYPERLINK("x")',
    company: '@SUM(1)',
    purpose: 'Zwei, "drei"\nvier ü',
  }
  await site.invites.request({ ...fields, at: '2026-01-02T03:04:05.000Z' })
  await site.invites.request({
    ...fields,
    email: '+1@example.com',
    name: '-1',
    at: '2026-01-02T03:04:06.000Z',
  })
  const operator = await site.signIn()
  const answer = await operator.get('/admin/invites.csv')
  assert.equal(answer.headers.get('content-type'), 'text/csv; charset=utf-8')
  assert.match(
    answer.headers.get('content-disposition') ?? '',
    /^attachment; filename="invites-\d{4}-\d\d-\d\d\.csv"$/,
  )
  const bytes = Buffer.from(await answer.arrayBuffer())
  assert.equal(
    bytes.toString('utf8'),
    [
      '\ufeffE-mail,Name,Company,What for,State,Requested,Delivered to the CRM,Invited,Signed up,Workspace',
      `'+1@example.com,'-1,'@SUM(1),"Zwei, ""drei""\nvier ü",Requested,2026-01-02T03:04:06.000Z,,,,`,
      `ann@example.com,"'=HYPERLINK(""x"")",'@SUM(1),"Zwei, ""drei""\nvier ü",Requested,2026-01-02T03:04:05.000Z,,,,`,
      '',
    ].join('\r\n'),
  )
  const audited = site.lines.map((line) => JSON.parse(line)).filter(({ action }) => action === 'export')
  assert.deepEqual([audited.length, audited[0]?.operator], [1, 'operator'])
})

test('an export of more invites than are read at once has each of them once', async (t) => {
  const site = await startOperatorSite(t)
  const add = (number: number) =>
    site.invites.request({
      email: `ann${number}@example.com`,
      name: 'Ann',
      company: '',
      purpose: '',
      at: new Date(Date.UTC(2026, 0, 1) + number).toISOString(),
    })
  for (let number = 0; number < 1234; number++) await add(number)
  const operator = await site.signIn()
  const lines = (await (await operator.get('/admin/invites.csv')).text()).trim().split('\r\n')
  assert.equal(lines.length, 1 + 1234)
  assert.equal(new Set(lines).size, lines.length)
})

test('who asks again during an export is in it once', async (t) => {
  const site = await startOperatorSite(t)
  const ask = (number: number, at: number) =>
    site.invites.request({
      email: `ann${number}@example.com`,
      name: 'Ann',
      company: '',
      purpose: '',
      at: new Date(Date.UTC(2026, 0, 1) + at).toISOString(),
    })
  for (let number = 0; number < 600; number++) await ask(number, number)
  // The oldest of all, as soon as the export has begun to read.
  const { list, find } = site.invites
  const askAfter = <Answer>(answer: Answer) => ask(0, 1000).then(() => answer)
  Object.assign(site.invites, {
    list: (...asked: Parameters<typeof list>) => list(...asked).then(askAfter),
    find: (...asked: Parameters<typeof find>) => find(...asked).then(askAfter),
  })
  const operator = await site.signIn()
  const csv = await (await operator.get('/admin/invites.csv')).text()
  assert.equal(csv.split('ann0@example.com').length, 2)
  assert.equal(csv.trim().split('\r\n').length, 1 + 600)
})
