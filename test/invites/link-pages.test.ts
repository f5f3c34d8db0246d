import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inviteId } from '../../app/invites/invite.ts'
import { ask } from '../nginx/ask.ts'
import { type InviteSite, startInviteSite } from './invite-site.ts'

const askFor = async (site: InviteSite, body: string) => {
  const headers = { origin: site.url, 'content-type': 'application/x-www-form-urlencoded' }
  const answer = await ask(site.port, { path: '/signup/link', method: 'POST', headers, body })
  const { status, rawNames, text } = answer
  return { status, rawNames, headers: { ...answer.headers, date: '' }, text }
}

const email = (address: string): string => new URLSearchParams({ email: address }).toString()

test('the form and the page after it set no cookie and are kept by no cache and no search engine', async (t) => {
  const site = await startInviteSite(t)
  for (const path of ['/signup/link', '/signup/link/sent']) {
    const answer = await site.get(path)
    assert.equal(answer.status, 200)
    assert.equal(answer.headers.get('cache-control'), 'private, no-store')
    assert.equal(answer.headers.get('set-cookie'), null)
    assert.match(await answer.text(), /<meta name="robots" content="noindex">/)
  }
})

test('whatever is sent is answered with the same bytes, and costs the same', async (t) => {
  const site = await startInviteSite(t)
  const first = await askFor(site, email('ann@example.com'))
  assert.deepEqual([first.status, first.headers.location], [303, '/signup/link/sent'])
  assert.equal(first.headers['set-cookie'], undefined)
  const bodies = [
    email('ann@example.com'),
    email('never.seen@example.org'),
    email('no address'),
    email('ann@example.com\r\nBcc: bob@example.com'),
    email('x'.repeat(10_000)),
    email(''),
    '',
    'email=a@example.com&email=b@example.com',
    'email[]=a&__proto__=b',
  ]
  for (const body of bodies) assert.deepEqual(await askFor(site, body), first, body.slice(0, 80))
  assert.equal(site.tasks.length, 1 + bodies.length)
  assert.equal(site.taken.length, 2 * (1 + bodies.length))
})

test('the task names the invite of the normalised address, and no address', async (t) => {
  const site = await startInviteSite(t)
  await askFor(site, email(' ANN@Bücher.example'))
  const [task] = site.tasks
  assert.ok(task?.kind === 'new link')
  assert.equal(task.inviteId, inviteId('ann@xn--bcher-kva.example'))
  assert.doesNotMatch(JSON.stringify(task), /ann@/)
})

test('what is no address is nobody’s invite', async (t) => {
  const site = await startInviteSite(t)
  await askFor(site, email('ann@example.com, bob@example.com'))
  const [task] = site.tasks
  assert.ok(task?.kind === 'new link')
  assert.ok(![inviteId('ann@example.com'), inviteId('bob@example.com')].includes(task.inviteId))
})

test('an address with nothing left is answered like any other, and nothing is queued', async (t) => {
  const site = await startInviteSite(t)
  const before = await askFor(site, email('ann@example.com'))
  site.spent['link by address'] = 600
  assert.deepEqual(await askFor(site, email('ann@example.com')), before)
  assert.equal(site.tasks.length, 1)
})

test('a client with nothing left gets the form back with 429 and Retry-After', async (t) => {
  const site = await startInviteSite(t)
  site.spent['link by client'] = 30
  const answer = await site.post('/signup/link', { email: 'ann@example.com' })
  assert.deepEqual([answer.status, answer.headers.get('retry-after')], [429, '30'])
  assert.match(await answer.text(), /role="alert"[\s\S]*30 seconds[\s\S]*value="ann@example\.com"/)
  assert.deepEqual(site.tasks, [])
})

test('while the queue is down the form says so, keeps the address and answers 503', async (t) => {
  const site = await startInviteSite(t)
  site.queueIsDown = true
  const answer = await site.post('/signup/link', { email: 'ann@example.com' })
  assert.equal(answer.status, 503)
  assert.match(answer.headers.get('retry-after') ?? '', /^[1-9]\d*$/)
  assert.match(await answer.text(), /could not store your request[\s\S]*value="ann@example\.com"/)
})
