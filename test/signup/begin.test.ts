import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SiteError } from '../../app/errors.ts'
import { memoryInviteStore } from '../../app/invites/memory-invite-store.ts'
import { startSteps } from './step-site.ts'
import { hiddenFields, visitorOf, wayOf } from './visitor.ts'

test('the button begins the signup in a session with a new id; the old id is worth nothing', async (t) => {
  const site = await startSteps(t)
  const { link } = await site.invite()
  const visitor = visitorOf(site.url)
  await visitor.get(link)
  const planted = { ...visitorOf(site.url), cookie: visitor.cookie }
  assert.equal(wayOf(await visitor.submit(link)), '303 /signup/workspace')
  assert.notEqual(visitor.cookie, planted.cookie)
  assert.match(await (await visitor.get('/signup/workspace')).text(), /Name your workspace/)
  const thief = visitorOf(site.url)
  thief.cookie = planted.cookie
  assert.match(await (await thief.get('/signup/workspace')).text(), /No signup is under way/)
})

test('two clicks on the button, at once or one after the other, both go on', async (t) => {
  const site = await startSteps(t)
  for (const email of ['ada@example.com', 'grace@example.com']) {
    const { link } = await site.invite({ email })
    const visitor = visitorOf(site.url)
    const form = hiddenFields(await (await visitor.get(link)).text())
    const { cookie } = visitor
    const click = async () => {
      const tab = visitorOf(site.url)
      tab.cookie = cookie
      const way = wayOf(await tab.post('/signup', form))
      return [way, (await tab.submit('/signup/workspace', { workspace: 'engine' })).status]
    }
    const answers = email.startsWith('ada')
      ? await Promise.all([click(), click()])
      : [await click(), await click()]
    assert.deepEqual(answers, [
      ['303 /signup/workspace', 303],
      ['303 /signup/workspace', 303],
    ])
  }
})

test('a second tab that was open before goes on where the first one is', async (t) => {
  const site = await startSteps(t)
  const { link } = await site.invite()
  const visitor = visitorOf(site.url)
  const second = hiddenFields(await (await visitor.get(link)).text())
  await visitor.submit(link)
  await visitor.submit('/signup/workspace', { workspace: 'engine' })
  assert.equal(wayOf(await visitor.post('/signup', second)), '303 /signup/account')
})

test('a link that was spent opens for nobody else', async (t) => {
  const site = await startSteps(t)
  const { link } = await site.invite()
  const [owner, other] = [visitorOf(site.url), visitorOf(site.url)]
  const form = hiddenFields(await (await other.get(link)).text())
  await owner.submit(link)
  assert.equal((await other.post('/signup', form)).status, 404)
  assert.match(await (await other.get('/signup/workspace')).text(), /No signup is under way/)
})

test('nobody spends a link without the form of the own session, and is shown that form', async (t) => {
  const site = await startSteps(t)
  const { link, token } = await site.invite()
  const owner = visitorOf(site.url)
  const form = hiddenFields(await (await owner.get(link)).text())
  const forged: Record<string, string>[] = [
    {},
    { csrf: '' },
    { csrf: 'x'.repeat(43) },
    { csrf: form.csrf ?? '' },
  ]
  for (const fields of forged) {
    const victim = visitorOf(site.url)
    await victim.get((await site.invite({ email: 'victim@example.com' })).link)
    const answer = await victim.post('/signup', { token, ...fields })
    assert.equal(answer.status, 403)
    const again = hiddenFields(await answer.text())
    assert.equal(again.token, token)
    assert.notEqual(again.csrf, form.csrf)
  }
  assert.equal(wayOf(await owner.post('/signup', form)), '303 /signup/workspace')
})

test('a browser that lost its cookie sends the form once more', async (t) => {
  const site = await startSteps(t)
  const { link } = await site.invite()
  const visitor = visitorOf(site.url)
  const form = hiddenFields(await (await visitor.get(link)).text())
  visitor.cookie = ''
  const answer = await visitor.post('/signup', form)
  assert.equal(answer.status, 403)
  const html = await answer.text()
  assert.match(html, /role="alert"/)
  assert.match(html, /<title>Error: /)
  assert.match(html, /open for long, or your browser keeps no cookies/)
  assert.match(html, /<button type="submit">Accept the invite</, 'the account is made two steps later')
  assert.equal(wayOf(await visitor.post('/signup', hiddenFields(html))), '303 /signup/workspace')
})

test('invites out of reach: the page says so, and the same form is good afterwards', async (t) => {
  const invites = memoryInviteStore()
  let isDown = false
  const site = await startSteps(t, {
    invites: {
      ...invites,
      spendLink: (...spent) =>
        isDown ? Promise.reject(new SiteError('unavailable', 'down')) : invites.spendLink(...spent),
    },
  })
  const { link } = await site.invite()
  const visitor = visitorOf(site.url)
  const form = hiddenFields(await (await visitor.get(link)).text())
  isDown = true
  const answer = await visitor.post('/signup', form)
  assert.deepEqual([answer.status, answer.headers.get('retry-after')], [503, '5'])
  assert.deepEqual(hiddenFields(await answer.text()), form)
  isDown = false
  assert.equal(wayOf(await visitor.post('/signup', form)), '303 /signup/workspace')
})

test('a newer link of the same invite goes on with what was chosen', async (t) => {
  const site = await startSteps(t)
  const visitor = await site.atLastStep()
  const { link } = await site.invite()
  assert.equal(wayOf(await visitor.submit(link)), '303 /signup/account')
  assert.match(await (await visitor.get('/signup/account')).text(), /<strong>engine<\/strong>/)
})
