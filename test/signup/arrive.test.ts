import assert from 'node:assert/strict'
import { test } from 'node:test'
import { memoryInviteStore } from '../../app/invites/memory-invite-store.ts'
import { invited } from './invited.ts'
import { startSteps } from './step-site.ts'
import { visitorOf, wayOf } from './visitor.ts'

/** An invite store, and the names of what was called on it. */
function watchedStore() {
  const calls: string[] = []
  const invites = new Proxy(memoryInviteStore(), {
    get(store, name, itself) {
      calls.push(String(name))
      return Reflect.get(store, name, itself)
    },
  })
  return { invites, calls }
}

test('who only reads the link, as mail scanners do, does not even touch the invites', async (t) => {
  const { invites, calls } = watchedStore()
  const site = await startSteps(t, { invites })
  const { link } = await site.invite()
  calls.length = 0
  for (const method of ['GET', 'HEAD', 'GET']) {
    assert.equal((await visitorOf(site.url).get(link, { method })).status, 200)
  }
  assert.deepEqual(calls, [])
  assert.equal(wayOf(await visitorOf(site.url).submit(link)), '303 /signup/workspace')
})

test('the page of the link is for one visitor, is not found, and tells no other page its address', async (t) => {
  const site = await startSteps(t)
  const { link, token } = await site.invite()
  const answer = await visitorOf(site.url).get(link)
  assert.equal(answer.headers.get('cache-control'), 'private, no-store')
  const html = await answer.text()
  const head = html.slice(0, html.indexOf('</head>'))
  assert.match(head, /<meta name="robots" content="noindex">/)
  const first = head.search(/<(?:script|link)\b/)
  assert.ok(head.indexOf('<meta name="referrer" content="strict-origin">') < first)
  assert.match(head, /<meta name="referrer" content="strict-origin">/)
  assert.doesNotMatch(html, /(?:href|src|action)="(?:https?:)?\/\//)
  assert.equal(html.split(token).length, 2)
  assert.match(html, new RegExp(`<input type="hidden" name="token" value="${token}">`))
})

test('links that are expired, used, forged, cut short or missing answer with the same bytes', async (t) => {
  const site = await startSteps(t)
  const used = await site.invite({ email: 'used@example.com' })
  await visitorOf(site.url).submit(used.link)
  const done = await site.invite({ email: 'done@example.com' })
  await site.parts.invites.signedUp(done.id, 'engine', new Date().toISOString())
  const good = await site.invite()
  const tokens = {
    used: used.token,
    'of somebody signed up': done.token,
    expired: (await site.invite({ expires: Date.now() - 1 })).token,
    'of another secret': (await invited(memoryInviteStore(), 'x'.repeat(32))).token,
    'of no invite': (await invited(memoryInviteStore(), site.parts.config.signupSecrets[0] ?? '')).token,
    changed: good.token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
    'cut short': good.token.slice(0, -7),
    hostile: '"><script>',
    missing: '',
  }
  const answers = new Set<string>()
  const read = ['expired', 'of another secret', 'changed', 'cut short', 'hostile', 'missing'] as const
  for (const name of read) {
    answers.add(
      await wholeAnswer(await visitorOf(site.url).get(`/signup?token=${encodeURIComponent(tokens[name])}`)),
    )
  }
  for (const token of Object.values(tokens)) {
    const visitor = visitorOf(site.url)
    const answer = await visitor.submit(good.link, { token })
    answers.add(await wholeAnswer(answer))
  }
  assert.equal(answers.size, 1)
  const [answer = ''] = answers
  assert.match(answer, /^404 /)
  assert.match(answer, /<a class="button" href="\/signup\/link">Ask for a new link<\/a>/)
  assert.match(answer, /href="\/welcome"/)
})

/** Everything of an answer but what differs by time and by visitor. */
async function wholeAnswer(answer: Response): Promise<string> {
  const headers = [...answer.headers].filter(([name]) => name !== 'date' && name !== 'set-cookie')
  return `${answer.status} ${JSON.stringify(headers)} ${await answer.text()}`
}

test('links stay good when the secret is changed, until the old one is dropped', async (t) => {
  const [older, newer] = ['o'.repeat(32), 'n'.repeat(32)]
  const before = await startSteps(t, { settings: { signupSecrets: [older] } })
  const { link } = await before.invite()
  const { config } = before.parts
  const rotated = await before.twin({ config: { ...config, signupSecrets: [newer, older] } })
  assert.equal(wayOf(await visitorOf(rotated.url).submit(link)), '303 /signup/workspace')
  const dropped = await before.twin({ config: { ...config, signupSecrets: [newer] } })
  assert.equal((await visitorOf(dropped.url).get(link)).status, 404)
})

test('who comes back with the link goes on at the step that was reached', async (t) => {
  const site = await startSteps(t)
  const { link } = await site.invite()
  const visitor = visitorOf(site.url)
  await visitor.submit(link)
  assert.equal(wayOf(await visitor.get(link)), '303 /signup/workspace')
  await visitor.submit('/signup/workspace', { workspace: 'engine' })
  assert.equal(wayOf(await visitor.get(link)), '303 /signup/account')
  assert.equal(wayOf(await visitor.get('/signup')), '303 /signup/account')
  await visitor.submit('/signup/account', { password: 'three white horses', terms: 'yes' })
  assert.equal(wayOf(await visitor.get(link)), '303 /welcome')
})

test('somebody else who opens a link in the same browser is asked, not taken for the first', async (t) => {
  const site = await startSteps(t)
  const visitor = await site.atLastStep()
  await visitor.submit('/signup/account', { password: 'three white horses', terms: 'yes' })
  const { link } = await site.invite({ email: 'grace@example.com' })
  assert.equal((await visitor.get(link)).status, 200)
  assert.equal(wayOf(await visitor.submit(link)), '303 /signup/workspace')
  assert.equal(wayOf(await visitor.get('/welcome')), '200 ')
  assert.doesNotMatch(await (await visitor.get('/welcome')).text(), /Ada/)
})
