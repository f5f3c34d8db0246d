import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openedAt } from '../../app/invites/form-clock.ts'
import { inviteWording } from '../../app/invites/invite-form.ts'
import { ask } from '../nginx/ask.ts'
import { filled, startInviteSite } from './invite-site.ts'

const openedOf = (html: string): string => /name="opened" value="([^"]+)"/.exec(html)?.[1] ?? ''
const typedIn = (html: string, field: string): string =>
  new RegExp(`name="${field}"[^>]* value="([^"]*)"`).exec(html)?.[1] ?? ''

test('the form needs no session, sets no cookie and is kept by no cache', async (t) => {
  const site = await startInviteSite(t)
  const answer = await site.get('/invite', { cookie: 'session=s%3Aforged.signature' })
  assert.equal(answer.status, 200)
  assert.equal(answer.headers.get('cache-control'), 'private, no-store')
  assert.equal(answer.headers.get('set-cookie'), null)
  const html = await answer.text()
  assert.match(html, /<title>Request an invite · /)
  assert.doesNotMatch(html, /role="alert"|aria-invalid|name="robots"/)
  for (const field of ['email', 'name', 'company', 'purpose', 'consent', 'website', 'opened'])
    assert.match(html, new RegExp(`name="${field}"`))
})

test('a right form is one task in the queue, and leads to the thank-you page without a cookie', async (t) => {
  const site = await startInviteSite(t)
  const form = filled(site, { email: ' Ann@Example.com', company: 'Onym', purpose: 'To\r\ntry' })
  const answer = await site.post('/invite', form)
  assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/invite/thanks'])
  assert.equal(answer.headers.get('set-cookie'), null)
  const [task, ...more] = site.tasks
  assert.ok(task?.kind === 'request' && more.length === 0)
  assert.match(task.id, /^[\w-]{22,}$/)
  const { at, ...request } = task.request
  assert.deepEqual(request, {
    email: 'ann@example.com',
    name: 'Ann Onym',
    company: 'Onym',
    purpose: 'To\ntry',
  })
  assert.equal(new Date(at).toISOString(), at)
  const thanks = await site.get('/invite/thanks')
  assert.equal(thanks.status, 200)
  assert.match(await thanks.text(), /<meta name="robots" content="noindex">/)
})

test('new, known and other addresses are answered with the same bytes', async (t) => {
  const site = await startInviteSite(t)
  const answers = []
  for (const email of ['new@example.com', 'new@example.com', 'somebody.else@long.name.example']) {
    const headers = { origin: site.url, 'content-type': 'application/x-www-form-urlencoded' }
    const body = new URLSearchParams(filled(site, { email })).toString()
    const {
      status,
      rawNames,
      headers: sent,
      text,
    } = await ask(site.port, { path: '/invite', method: 'POST', headers, body })
    answers.push({ status, rawNames, headers: { ...sent, date: '' }, text })
  }
  assert.equal(answers[0]?.status, 303)
  assert.deepEqual(answers[1], answers[0])
  assert.deepEqual(answers[2], answers[0])
  assert.equal(site.tasks.length, 3)
})

test('a wrong form comes back with all that was typed, a list of what is wrong, and each fault at its field', async (t) => {
  const site = await startInviteSite(t)
  const opened = openedAt(site.secrets, Date.now() - 3000)
  const typed = { opened, email: 'a"b', name: ' ', company: '<i>', purpose: '\nTwo\nlines </textarea>' }
  const answer = await site.post('/invite', { ...typed, website: '' })
  assert.equal(answer.status, 422)
  const html = await answer.text()
  assert.match(html, /<title>Error: Request an invite · /)
  assert.match(html, /<div class="notice[^"]*" role="alert" tabindex="-1" autofocus>/)
  for (const field of ['email', 'name', 'consent'] as const) {
    assert.ok(html.includes(`<li><a href="#${field}">${inviteWording[field]}</a></li>`), field)
    assert.ok(html.includes(`<p class="field-error" id="${field}-error">${inviteWording[field]}</p>`), field)
    const [tag = ''] = new RegExp(`<input id="${field}"[^>]*>`).exec(html) ?? []
    assert.match(tag, /aria-invalid="true"/)
    assert.match(tag, new RegExp(`aria-describedby="[^"]*\\b${field}-error"`))
  }
  assert.doesNotMatch(html, /id="company-error"|id="purpose-error"/)
  assert.equal(typedIn(html, 'email'), 'a&quot;b')
  assert.equal(typedIn(html, 'name'), ' ')
  assert.equal(typedIn(html, 'company'), '&lt;i&gt;')
  // The first line break in a textarea is the markup's own (HTML, 13.1.2.5).
  assert.ok(html.includes('>\n\nTwo\nlines &lt;/textarea&gt;</textarea>'))
  assert.equal(openedOf(html), opened)
  assert.deepEqual([site.tasks, site.taken], [[], []])
})

test('consent that was given is kept when something else is wrong', async (t) => {
  const site = await startInviteSite(t)
  const html = await (await site.post('/invite', filled(site, { email: '' }))).text()
  assert.match(html, /id="consent"[^>]* checked/)
  assert.doesNotMatch(html, /id="consent-error"/)
})

test('who is quicker than people are is asked to press again, and passes with the same form', async (t) => {
  const site = await startInviteSite(t)
  const opened = openedAt(site.secrets, Date.now())
  const answer = await site.post('/invite', filled(site, { opened }))
  assert.equal(answer.status, 422)
  const html = await answer.text()
  assert.match(html, /press the button once more/)
  assert.equal(openedOf(html), opened)
  assert.equal(typedIn(html, 'email'), 'ann@example.com')
  assert.deepEqual([site.tasks, site.taken], [[], []])
})

test('a form opened by nobody, or too long ago, comes back with a moment of ours', async (t) => {
  const site = await startInviteSite(t)
  const old = openedAt(site.secrets, Date.now() - 25 * 3600 * 1000)
  const foreign = openedAt(['x'.repeat(32)], Date.now() - 3000)
  for (const opened of ['', old, foreign]) {
    const answer = await site.post('/invite', filled(site, { opened }))
    const html = await answer.text()
    assert.equal(answer.status, 422)
    assert.match(openedOf(html), /^\w+\.[\w-]{43}$/)
    assert.notEqual(openedOf(html), opened)
  }
  assert.deepEqual(site.tasks, [])
})

test('a program that fills in the hidden field is not queued; a person sent the same finds it empty', async (t) => {
  const site = await startInviteSite(t)
  const answer = await site.post('/invite', filled(site, { website: 'https://spam.example' }))
  assert.equal(answer.status, 422)
  const html = await answer.text()
  assert.doesNotMatch(html, /spam\.example/)
  assert.equal(typedIn(html, 'name'), 'Ann Onym')
  assert.deepEqual([site.tasks, site.taken], [[], []])
})

test('the hidden field is out of reach of the keyboard and of screen readers', async (t) => {
  const html = await (await (await startInviteSite(t)).get('/invite')).text()
  assert.match(html, /<div class="field field-trap" aria-hidden="true">/)
  const [tag = ''] = /<input id="website"[^>]*>/.exec(html) ?? []
  assert.match(tag, /tabindex="-1" autocomplete="off"/)
  assert.match(html, /<label for="website">[^<]*leave this empty/)
})

test('a client or an address with nothing left gets the form back with 429 and Retry-After', async (t) => {
  for (const limit of ['invite by client', 'invite by address'] as const) {
    const site = await startInviteSite(t)
    site.spent[limit] = 90
    const answer = await site.post('/invite', filled(site, { purpose: 'Kept' }))
    assert.deepEqual([answer.status, answer.headers.get('retry-after')], [429, '90'])
    const html = await answer.text()
    assert.match(html, /<title>Error: /)
    assert.match(html, /again in 2 minutes/)
    assert.match(html, /Kept<\/textarea>/)
    assert.deepEqual(site.tasks, [])
  }
})

test('limits count a client by its address and a mailbox by its normalised one', async (t) => {
  const site = await startInviteSite(t)
  const from = { 'x-forwarded-for': '203.0.113.9' }
  assert.equal((await site.post('/invite', filled(site, { email: 'ANN@example.com' }), from)).status, 303)
  assert.deepEqual(site.taken, [
    ['invite by client', '203.0.113.9'],
    ['invite by address', 'ann@example.com'],
  ])
})

test('while the queue is down the form says so, keeps everything and answers 503', async (t) => {
  const site = await startInviteSite(t)
  site.queueIsDown = true
  const form = filled(site, { company: 'Onym', purpose: 'Kept' })
  const answer = await site.post('/invite', form)
  assert.equal(answer.status, 503)
  assert.match(answer.headers.get('retry-after') ?? '', /^[1-9]\d*$/)
  const html = await answer.text()
  assert.match(html, /<title>Error: /)
  assert.match(html, /We could not store your request/)
  assert.deepEqual([typedIn(html, 'email'), typedIn(html, 'company')], ['ann@example.com', 'Onym'])
  assert.match(html, /Kept<\/textarea>/)
  assert.match(html, /id="consent"[^>]* checked/)
  site.queueIsDown = false
  assert.equal((await site.post('/invite', { ...form, opened: openedOf(html) })).status, 303)
  assert.equal(site.tasks.length, 1)
})

test('a field that is sent twice counts as empty, and names of the prototype are only names', async (t) => {
  const site = await startInviteSite(t)
  const twice = [...Object.entries(filled(site)), ['email', 'bob@example.com']]
  assert.equal((await site.post('/invite', twice)).status, 422)
  for (const body of ['__proto__=x&constructor=y&toString=z', 'email[]=a&email[b]=c', '', '%zz=%00&=&&&'])
    assert.equal((await site.post('/invite', body)).status, 422, body)
  assert.deepEqual(site.tasks, [])
})

test('encoded line breaks in the one-line fields are refused', async (t) => {
  const site = await startInviteSite(t)
  for (const field of ['email', 'name', 'company']) {
    const right = filled(site)[field] || 'Onym'
    for (const end of ['\r\n', '\n', '\r', '\0'])
      assert.equal(
        (await site.post('/invite', filled(site, { [field]: `${right}${end}Bcc: bob@example.com` }))).status,
        422,
      )
  }
  assert.deepEqual(site.tasks, [])
})

test('a body over 16 KB or with too many fields is 413, another type of body is an empty form', async (t) => {
  const site = await startInviteSite(t)
  assert.equal((await site.post('/invite', filled(site, { purpose: 'x'.repeat(17_000) }))).status, 413)
  assert.equal((await site.post('/invite', 'a&'.repeat(2000))).status, 413)
  const json = { 'content-type': 'application/json' }
  const answer = await fetch(`${site.url}/invite`, {
    method: 'POST',
    headers: { ...json, origin: site.url },
    body: '{}',
  })
  assert.equal(answer.status, 422)
})

test('a form as long as its fields allow, in any script, is taken', async (t) => {
  const site = await startInviteSite(t)
  const long = { name: '語'.repeat(100), company: '語'.repeat(100), purpose: '語'.repeat(1000) }
  assert.equal((await site.post('/invite', filled(site, long))).status, 303)
})
