import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTaskQueue } from '../../app/deliveries/open-task-queue.ts'
import type { Task } from '../../app/deliveries/task.ts'
import { SiteError } from '../../app/errors.ts'
import { startSteps } from './step-site.ts'
import { hiddenFields, visitorOf, wayOf } from './visitor.ts'

const form = { password: 'three white horses', terms: 'yes' }
const path = '/signup/account'

/** A queue that refuses some tasks while it is told to. */
async function brokenQueue(refuses: (task: Task) => boolean) {
  const queue = await openTaskQueue('memory:')
  return {
    ...queue,
    add: (...added: Parameters<typeof queue.add>) =>
      refuses(added[0]) ? Promise.reject(new SiteError('unavailable', 'down')) : queue.add(...added),
  }
}

for (const fault of ['hang', 'fail', 'garbage', 'reset', 'rate-limit']) {
  test(`the account system has the fault "${fault}": within 5 s the visitor can press the button again`, async (t) => {
    const site = await startSteps(t)
    const visitor = await site.atLastStep()
    await site.standIns.setFault('accounts', fault)
    const fields = hiddenFields(await (await visitor.get(path)).text())
    const body = new URLSearchParams({ ...fields, ...form })
    const answer = await visitor.get(path, { method: 'POST', body, signal: AbortSignal.timeout(5000) })
    assert.equal(answer.status, 503)
    assert.match(answer.headers.get('retry-after') ?? '', /^[1-9]\d*$/)
    const html = await answer.text()
    assert.match(html, /role="alert" id="retry">The account system did not answer/)
    assert.match(html, /name="password"[^>]* autofocus aria-describedby="retry password-hint"/)
    assert.match(html, /name="terms"[^>]* checked/)
    assert.match(html, /<strong>engine<\/strong>/)
    assert.doesNotMatch(html, /three white/)
    assert.equal(site.tasks[0]?.kind, 'account asked for')

    await site.standIns.setFault('accounts', null)
    const again = { ...hiddenFields(html), password: 'four black horses', terms: 'yes' }
    assert.equal(wayOf(await visitor.post(path, again)), '303 /welcome')
    assert.equal((await site.standIns.state()).accounts.length, 1)
  })
}

test('the queue is down: the account system is not even asked, and the form can be sent again', async (t) => {
  let isDown = true
  const site = await startSteps(t, { queue: await brokenQueue(() => isDown) })
  const visitor = await site.atLastStep()
  const answer = await visitor.submit(path, form)
  assert.deepEqual([answer.status, answer.headers.get('retry-after')], [503, '5'])
  assert.match(await answer.text(), /id="retry">A part of this site did not answer, so no account was made/)
  assert.equal((await site.standIns.state()).accounts.length, 0)
  isDown = false
  assert.equal(wayOf(await visitor.submit(path, form)), '303 /welcome')
})

test('the queue goes down while the account is made: the visitor does not notice', async (t) => {
  const site = await startSteps(t, { queue: await brokenQueue(({ kind }) => kind === 'signed up') })
  const visitor = await site.atLastStep()
  assert.equal(wayOf(await visitor.submit(path, form)), '303 /welcome')
  assert.deepEqual(
    site.tasks.map(({ kind }) => kind),
    ['account asked for'],
  )
})

test('the account system refuses for good: a page says that the fault is ours, and the log says which', async (t) => {
  const site = await startSteps(t)
  const { link } = await site.invite({ name: 'A'.repeat(201) })
  const visitor = visitorOf(site.url)
  await visitor.submit(link)
  await visitor.submit('/signup/workspace', { workspace: 'engine' })
  const answer = await visitor.submit(path, form)
  const html = await answer.text()
  assert.equal(answer.status, 500)
  assert.match(html, /The fault is ours/)
  assert.doesNotMatch(html, /id="retry"|press the button/)
  const logged = site.lines.map((line) => JSON.parse(line)).find(({ level }) => level === 'error')
  assert.match(logged?.err.message, /POST \/v1\/accounts answered 422/)
  assert.ok(html.includes(logged.requestId))
  assert.doesNotMatch(site.lines.join(''), /three white/)
})

test('the account was made although no answer came: its own workspace is the one that counts', async (t) => {
  const site = await startSteps(t)
  const visitor = await site.atLastStep()
  await site.standIns.setFault('accounts', 'reset')
  assert.equal((await visitor.submit(path, form)).status, 503)
  await site.standIns.setFault('accounts', null)
  await visitor.submit('/signup/workspace', { workspace: 'second-thought' })
  assert.equal(wayOf(await visitor.submit(path, form)), '303 /welcome')
  const [account, ...more] = (await site.standIns.state()).accounts
  assert.equal(more.length, 0)
  assert.match(await (await visitor.get('/welcome')).text(), new RegExp(`<dd>${account?.workspace}</dd>`))
})
