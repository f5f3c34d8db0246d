import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { InviteStore } from '../../app/invites/invite-store.ts'
import { startSite } from '../site/site.ts'
import { type OperatorSite, startOperatorSite } from './operator-site.ts'
import { fieldOf, signIn } from './signed-in.ts'

const at = (second: number) => new Date(Date.UTC(2026, 0, 2, 3, 4, second)).toISOString()

const request = (invites: InviteStore, name: string, second = 0, more: object = {}) =>
  invites.request({
    email: `${name.toLowerCase()}@example.com`,
    name,
    company: '',
    purpose: '',
    at: at(second),
    ...more,
  })

/** An invite in each state, the newest in the last. */
async function oneOfEach({ invites }: OperatorSite) {
  await request(invites, 'Ann', 1, { company: 'Acme', purpose: 'To <b>try</b> it.' })
  const bob = await request(invites, 'Bob', 2)
  await invites.delivered(bob.id, 1, at(3))
  const cy = await request(invites, 'Cy', 4)
  await invites.invite(cy.id, at(5))
  const di = await request(invites, 'Di', 6)
  await invites.invite(di.id, at(7))
  await invites.signedUp(di.id, 'di-works', at(8))
  return { bob, cy, di }
}

/** The table's lines as words, without tags. */
const rowsOf = (html: string): string[] =>
  [...html.matchAll(/<tr>\s*<th scope="row">[\s\S]*?<\/tr>/g)]
    .map(([row]) =>
      row
        .replace(/<[^>]+>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((row) => row.includes('@'))

const namesOf = (html: string): string[] => rowsOf(html).map((row) => row.split(' ')[0] ?? '')

test('invites are listed newest first, each with its state, its times and what can be done', async (t) => {
  const site = await startOperatorSite(t)
  await oneOfEach(site)
  const operator = await site.signIn()
  const html = await (await operator.get('/admin')).text()
  assert.match(html, /<h1>Invites<\/h1>/)
  assert.match(html, /<a href="\/admin" aria-current="page">Invites<\/a>/)
  assert.deepEqual(rowsOf(html), [
    'Di di@example.com Signed up Requested 2 Jan 2026, 03:04 Invited 2 Jan 2026, 03:04 Signed up 2 Jan 2026, 03:04',
    'Cy cy@example.com Invited Requested 2 Jan 2026, 03:04 Invited 2 Jan 2026, 03:04 Send again to Cy',
    'Bob bob@example.com Delivered to the CRM Requested 2 Jan 2026, 03:04 In the CRM 2 Jan 2026, 03:04 Invite Bob',
    'Ann ann@example.com Acme Requested Requested 2 Jan 2026, 03:04 Read what Ann wants it for To &lt;b&gt;try&lt;/b&gt; it. Invite Ann',
  ])
  for (const name of ['Ann', 'Acme'])
    assert.ok(html.includes(`<bdi>${name}</bdi>`), 'no name turns the direction of the text around it')
  for (const [count, label] of [
    [4, 'All'],
    [1, 'Requested'],
    [1, 'Delivered to the CRM'],
    [1, 'Invited'],
    [1, 'Signed up'],
  ]) {
    assert.ok(html.includes(`<strong>${count}</strong> ${label}</a>`), `${label}`)
  }
})

test('a search by words and a filter by state show what they find, and keep what was asked', async (t) => {
  const site = await startOperatorSite(t)
  await oneOfEach(site)
  const operator = await site.signIn()
  const shown = async (query: string) => (await operator.get(`/admin?${query}`)).text()
  assert.deepEqual(namesOf(await shown('text=ACM')), ['Ann'])
  assert.deepEqual(namesOf(await shown('text=bob%40exa')), ['Bob'])
  assert.deepEqual(namesOf(await shown('state=delivered')), ['Bob'])
  assert.deepEqual(namesOf(await shown('state=signed+up')), ['Di'])
  assert.deepEqual(namesOf(await shown('text=b&state=invited')), [])
  assert.match(await shown('text=%22%3E&state=invited'), /value="&quot;&gt;"/)
  assert.match(await shown('state=invited'), /<option value="invited" selected>/)
  assert.equal(namesOf(await shown('state=nonsense&page=x&text[]=1')).length, 4)
})

test('a page holds fifty invites, and the next has the rest', async (t) => {
  const site = await startOperatorSite(t)
  for (let number = 0; number < 51; number++) await request(site.invites, `Ann${number}`, number)
  const operator = await site.signIn()
  const first = await (await operator.get('/admin?text=ann')).text()
  assert.equal(namesOf(first).length, 50)
  assert.equal(namesOf(first)[0], 'Ann50')
  assert.match(first, /href="\/admin\?text=ann&amp;page=2">Older requests/)
  const second = await (await operator.get('/admin?text=ann&page=2')).text()
  assert.deepEqual(namesOf(second), ['Ann0'])
  assert.match(second, /href="\/admin\?text=ann">Newer requests/)
  assert.equal((await operator.get('/admin?text=ann&page=3')).status, 404)
})

test('a click on Invite queues one task, however often it is sent, and says so', async (t) => {
  const site = await startOperatorSite(t)
  const { bob } = await oneOfEach(site)
  const operator = await site.signIn()
  const page = await (await operator.get('/admin?state=delivered')).text()
  const form = { id: bob.id, nonce: fieldOf(page, 'nonce'), here: fieldOf(page, 'here') }
  const answers = await Promise.all([1, 2].map(() => operator.post('/admin/invites', form)))
  for (const answer of answers) {
    assert.equal(answer.status, 303)
    assert.equal(answer.headers.get('location'), '/admin?state=delivered&done=invite')
  }
  assert.equal((await site.queue.counts()).requests.waiting, 1)
  assert.match(await (await operator.get('/admin?done=invite')).text(), /role="status">The invite is queued/)
  const next = { ...form, nonce: fieldOf(await (await operator.get('/admin')).text(), 'nonce') }
  await operator.post('/admin/invites', next)
  assert.equal((await site.queue.counts()).requests.waiting, 2, 'a new page is a new click')
})

test('what is queued names the operator, and whether the link is to be mailed again', async (t) => {
  const site = await startOperatorSite(t)
  const { bob, cy } = await oneOfEach(site)
  const operator = await site.signIn()
  const nonce = fieldOf(await (await operator.get('/admin')).text(), 'nonce')
  await operator.post('/admin/invites', { id: bob.id, nonce })
  await operator.post('/admin/invites', { id: cy.id, nonce, again: 'yes' })
  assert.ok(site.added.every(({ id }) => /^operator-[\w-]{22}$/.test(id)))
  const tasks = site.added.map(({ id: _, ...task }) => task)
  assert.deepEqual(tasks, [
    { kind: 'invite', inviteId: bob.id, by: 'operator', again: false },
    { kind: 'invite', inviteId: cy.id, by: 'operator', again: true },
  ])
  const audited = site.lines.map((line) => JSON.parse(line)).filter(({ inviteId }) => inviteId !== undefined)
  assert.deepEqual(
    audited.map(({ audit, operator: who, action, inviteId }) => ({ audit, who, action, inviteId })),
    [
      { audit: true, who: 'operator', action: 'invite', inviteId: bob.id },
      { audit: true, who: 'operator', action: 'invite again', inviteId: cy.id },
    ],
  )
  assert.doesNotMatch(site.lines.join(''), /example\.com|Bob|Cy/)
})

test('an invite that is gone or used is not queued, nor is a form of another session', async (t) => {
  const site = await startOperatorSite(t)
  const { bob, di } = await oneOfEach(site)
  const operator = await site.signIn()
  const nonce = fieldOf(await (await operator.get('/admin')).text(), 'nonce')
  for (const id of [di.id, 'unknown']) {
    const answer = await operator.post('/admin/invites', { id, nonce, here: 'https://evil.test/' })
    assert.equal(answer.headers.get('location'), '/admin?done=gone')
  }
  assert.match(
    await (await operator.get('/admin?done=gone')).text(),
    /This invite is used, or not there any more/,
  )
  assert.equal((await operator.post('/admin/invites', { id: bob.id, nonce, csrf: 'x' })).status, 403)
  assert.equal((await operator.post('/admin/invites', { id: bob.id })).status, 400)
  assert.equal((await site.queue.counts()).requests.waiting, 0)
})

test('the first page has the counts of each queue, and warns of dead letters', async (t) => {
  const site = await startOperatorSite(t)
  const operator = await site.signIn()
  assert.doesNotMatch(await (await operator.get('/admin')).text(), /given up/)
  await site.queue.add({ kind: 'contact', id: 'one', inviteId: 'x', version: 1 })
  assert.deepEqual(countsOf(await (await operator.get('/admin')).text(), 'CRM'), [1, 0, 0, 0])

  assert.match(
    await (await operator.get('/admin')).text(),
    /<th scope="col">Later<\/th>/,
    'not all is a retry',
  )

  const none = { waiting: 0, active: 0, retry: 0, deadLetter: 0 }
  const mail = { waiting: 1, active: 2, retry: 3, deadLetter: 4 }
  const counts = async () => ({ requests: none, crm: none, accounts: { ...none, deadLetter: 1 }, mail })
  const troubled = await startOperatorSite(t, {}, { counts })
  const other = await troubled.signIn()
  for (const path of ['/admin', '/admin/queue']) {
    const html = await (await other.get(path)).text()
    assert.match(html, /5 deliveries were given up and are dead letters/, path)
    assert.deepEqual(countsOf(html, 'Mail'), [1, 2, 3, 4])
  }
  assert.equal((await other.get('/admin/queue/api/queues')).status, 404)
})

const countsOf = (html: string, system: string): number[] => {
  const [, row = ''] = new RegExp(`>${system}</th>(.*?)</tr>`).exec(html) ?? []
  return [...row.matchAll(/>(\d+)</g)].map(([, count]) => Number(count))
}

test('while the store does not answer, the page says so', async (t) => {
  const site = await startSite(t, { queueUrl: 'redis://127.0.0.1:1' })
  const operator = await signIn(site)
  const answer = await operator.get('/admin')
  assert.equal(answer.status, 503)
  assert.equal(answer.headers.get('retry-after'), '5')
})
