import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startSteps } from './step-site.ts'
import { visitorOf, wayOf } from './visitor.ts'

const signedIn = async (site: Awaited<ReturnType<typeof startSteps>>) => {
  const visitor = await site.atLastStep()
  await visitor.submit('/signup/account', { password: 'three white horses', terms: 'yes' })
  return visitor
}

test('who is signed in is welcome by name, on a page that nobody else is given', async (t) => {
  const site = await startSteps(t)
  const answer = await (await signedIn(site)).get('/welcome')
  assert.equal(answer.headers.get('cache-control'), 'private, no-store')
  const html = await answer.text()
  assert.match(html, /<h1>Welcome, <bdi>Ada Lovelace<\/bdi><\/h1>/)
  assert.match(html, /<dd>engine<\/dd>/)
  assert.match(html, /content="noindex"/)
  const stranger = await (await visitorOf(site.url).get('/welcome')).text()
  assert.match(stranger, /You are not signed in/)
  assert.doesNotMatch(stranger, /Ada/)
})

test('signing out ends the session, for every copy of its cookie', async (t) => {
  const site = await startSteps(t)
  const visitor = await signedIn(site)
  const copy = visitorOf(site.url)
  copy.cookie = visitor.cookie
  assert.equal(wayOf(await visitor.submit('/welcome', {}, '/sign-out')), '303 /')
  assert.match(await (await copy.get('/welcome')).text(), /You are not signed in/)
  assert.equal(wayOf(await copy.post('/sign-out', {})), '303 /')
})

test('nobody is signed out by a form that is not of the session', async (t) => {
  const site = await startSteps(t)
  const visitor = await signedIn(site)
  assert.equal((await visitor.post('/sign-out', {})).status, 403)
  assert.match(await (await visitor.get('/welcome')).text(), /Welcome, <bdi>Ada/)
})

test('the page of the session shows what it holds of an account, and leads to it and out of it', async (t) => {
  const site = await startSteps(t)
  const visitor = await signedIn(site)
  assert.match(await (await visitor.get('/welcome')).text(), /href="\/session"/)
  const html = await (await visitor.get('/session')).text()
  assert.match(html, /<h2 id="signup">Your account<\/h2>/)
  assert.match(html, /<bdi>Ada Lovelace<\/bdi>[\s\S]*ada@example\.com[\s\S]*<dd>engine<\/dd>/)
  assert.match(html, /<a href="\/welcome">Your account, and the way to sign out/)
  assert.match(html, /This signs you out, too\./)
})

test('the page of the session leads on with a signup under way, and says nothing of one to others', async (t) => {
  const site = await startSteps(t)
  const html = await (await (await site.atLastStep()).get('/session')).text()
  assert.match(html, /<h2 id="signup">Your signup<\/h2>/)
  assert.match(html, /<a href="\/signup\/account">Go on with your signup/)
  assert.match(html, /This ends your signup, too\./)
  const stranger = await (await visitorOf(site.url).get('/session')).text()
  assert.doesNotMatch(stranger, /id="signup"|, too\./)
})
