import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startSite } from '../site/site.ts'
import { filled } from './invite-site.ts'

test('the site takes as many requests of a client as it is told to, then answers 429', async (t) => {
  const site = await startSite(t, { invitesPerHour: 2 })
  const request = (email: string) =>
    site.post('/invite', filled({ secrets: site.config.signupSecrets }, { email }))
  const statuses = []
  for (const email of ['ann@example.com', 'bob@example.com', 'cat@example.com'])
    statuses.push((await request(email)).status)
  assert.deepEqual(statuses, [303, 303, 429])
  const refused = await request('dan@example.com')
  assert.ok(Number(refused.headers.get('retry-after')) > 0)
  assert.match(await refused.text(), /value="dan@example\.com"/)
})

test('wrong forms and forms of programs use up nothing', async (t) => {
  const site = await startSite(t, { invitesPerHour: 1 })
  const form = filled({ secrets: site.config.signupSecrets })
  for (const [field, value] of [
    ['email', 'no'],
    ['website', 'x'],
    ['opened', ''],
  ] as const)
    assert.equal((await site.post('/invite', { ...form, [field]: value })).status, 422)
  assert.equal((await site.post('/invite', form)).status, 303)
})

test('without its queue the site says so at once, and keeps what was typed', async (t) => {
  const site = await startSite(t, { queueUrl: 'redis://127.0.0.1:1' })
  const answer = await site.post('/invite', filled({ secrets: site.config.signupSecrets }))
  assert.equal(answer.status, 503)
  assert.match(await answer.text(), /could not store your request[\s\S]*value="ann@example\.com"/)
  assert.equal((await site.post('/signup/link', { email: 'ann@example.com' })).status, 503)
  assert.equal((await site.get('/invite')).status, 200)
})

test('neither the address nor the name of a visitor gets into the log', async (t) => {
  const site = await startSite(t)
  const form = filled({ secrets: site.config.signupSecrets }, { name: 'Unmistakable', purpose: 'Whatfor' })
  await site.post('/invite', form)
  await site.post('/invite', { ...form, website: 'x' })
  await site.post('/signup/link', { email: form.email ?? '' })
  assert.ok(site.lines.length > 2)
  assert.doesNotMatch(site.lines.join(''), /ann@|Unmistakable|Whatfor/)
})
