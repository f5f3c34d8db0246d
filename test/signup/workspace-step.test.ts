import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startSteps } from './step-site.ts'
import { hiddenFields, visitorOf, wayOf } from './visitor.ts'

const begun = async (site: Awaited<ReturnType<typeof startSteps>>, company = '') => {
  const visitor = visitorOf(site.url)
  await visitor.submit((await site.invite({ company })).link)
  return visitor
}

test('a name that will not do comes back as it was typed, with why, for screen readers too', async (t) => {
  const site = await startSteps(t)
  const visitor = await begun(site)
  const answer = await visitor.submit('/signup/workspace', { workspace: '<Engine> no. 1' })
  assert.equal(answer.status, 422)
  const html = await answer.text()
  assert.match(html, /<title>Error: Name your workspace/)
  assert.match(html, /role="alert"[^>]* autofocus/)
  assert.match(html, /<a href="#workspace">Please use 3 to 32 letters/)
  const field = /<input id="workspace"[^>]+>/.exec(html)?.[0] ?? ''
  assert.match(field, /value="&lt;Engine&gt; no\. 1"/)
  assert.match(field, /aria-invalid="true" aria-describedby="workspace-hint workspace-error"/)
  assert.match(html, /id="workspace-error">Please use/)
  assert.equal(wayOf(await visitor.get('/signup/account')), '303 /signup/workspace')
})

test('a right name is kept: after a reload, in a second tab, on another instance', async (t) => {
  const site = await startSteps(t)
  const visitor = await begun(site, 'Acme Ltd')
  assert.match(await (await visitor.get('/signup/workspace')).text(), /value="acme-ltd"/)
  assert.equal(
    wayOf(await visitor.submit('/signup/workspace', { workspace: ' Engine ' })),
    '303 /signup/account',
  )
  const other = visitorOf((await site.twin()).url)
  other.cookie = visitor.cookie
  for (const tab of [visitor, visitor, other]) {
    assert.match(await (await tab.get('/signup/account')).text(), /<strong>engine<\/strong>/)
    assert.match(await (await tab.get('/signup/workspace')).text(), /value="engine"/)
  }
})

test('a name that somebody has is refused', async (t) => {
  const site = await startSteps(t)
  const first = await site.atLastStep('grace@example.com', 'engine')
  await first.submit('/signup/account', { password: 'three white horses', terms: 'yes' })
  const answer = await (await begun(site)).submit('/signup/workspace', { workspace: 'Engine' })
  assert.equal(answer.status, 422)
  const html = await answer.text()
  assert.match(html, /Somebody has this name already/)
  assert.match(html, /value="Engine"/)
})

for (const fault of ['hang', 'fail', 'garbage', 'reset', 'rate-limit']) {
  test(`the account system has the fault "${fault}": the step goes on without its answer`, async (t) => {
    const site = await startSteps(t)
    const visitor = await begun(site)
    await site.standIns.setFault('accounts', fault)
    assert.equal(
      wayOf(await visitor.submit('/signup/workspace', { workspace: 'engine' })),
      '303 /signup/account',
    )
    assert.match(site.lines.join(''), /is found out at the last step/)
    if (fault === 'hang') assert.match(site.lines.join(''), /no answer within 2000 ms/)
  })
}

test('without a signup under way, each step says how one begins', async (t) => {
  const site = await startSteps(t)
  for (const path of ['/signup/workspace', '/signup/account']) {
    for (const answer of [await visitorOf(site.url).get(path), await visitorOf(site.url).post(path, {})]) {
      assert.equal(answer.status, 200)
      const html = await answer.text()
      assert.match(html, /No signup is under way here/)
      assert.match(html, /href="\/signup\/link"/)
    }
  }
})

test('who tries many names is told when to try again, and the account system is asked no more', async (t) => {
  const site = await startSteps(t)
  const visitor = await begun(site)
  const fields = { ...hiddenFields(await (await visitor.get('/signup/workspace')).text()), workspace: 'no' }
  let answer = await visitor.post('/signup/workspace', fields)
  for (let tries = 1; answer.status === 422 && tries < 200; tries++)
    answer = await visitor.post('/signup/workspace', fields)
  assert.equal(answer.status, 429)
  assert.match(answer.headers.get('retry-after') ?? '', /^[1-9]\d*$/)
  assert.match(await answer.text(), /tried many times[\s\S]*value="no"/)
  assert.equal((await visitor.post('/signup/workspace', { ...fields, workspace: 'engine' })).status, 429)
  const other = visitorOf(site.url)
  await other.submit((await site.invite({ email: 'grace@example.com' })).link)
  assert.equal((await other.submit('/signup/workspace', { workspace: 'engine' })).status, 303)
})
