import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Container, startContainer } from '../lab/docker.ts'
import { ask } from '../nginx/ask.ts'
import { startSite, type TestSite } from '../site/site.ts'
import { until } from '../until.ts'
import { deadLetter, leaveDeadLetter, reason } from './dead-letter.ts'
import { cookieOf, type SignedInOperator, signIn } from './signed-in.ts'

let redis: Container
let queueUrl: string
before(async () => {
  redis = await startContainer({ image: 'redis:8.10.1', ports: [6379] })
  queueUrl = `redis://127.0.0.1:${redis.port(6379)}`
  await until(() => leaveDeadLetter(queueUrl).then(() => true), 'Redis')
})
after(() => redis?.remove())

interface Board {
  readonly site: TestSite
  readonly operator: SignedInOperator
  /** Asks as the board's scripts do; the token of the cookie that came with its page unless another is given. */
  act(method: string, path: string, token?: string): Promise<Response>
}

async function openBoard(t: Parameters<typeof startSite>[0]): Promise<Board> {
  const site = await startSite(t, { queueUrl })
  const operator = await signIn(site)
  const [, known = ''] = cookieOf(await operator.get('/admin/queue')).split('=')
  return {
    site,
    operator,
    act: (method, path, token = known) =>
      fetch(`${site.url}/admin/queue${path}`, {
        method,
        redirect: 'manual',
        headers: { cookie: operator.cookie, origin: site.url, 'x-xsrf-token': token },
      }),
  }
}

const audited = ({ lines }: TestSite) =>
  lines.map((line) => JSON.parse(line)).filter(({ action }) => action === 'queue action')

test('the board has a page for each of its own, with files of this site alone, never stored', async (t) => {
  const { operator } = await openBoard(t)
  for (const path of ['', '/queue/mail', '/queue/mail/mail-one', '/metrics-history', '/job-schedulers']) {
    const page = await operator.get(`/admin/queue${path}`)
    assert.equal(page.status, 200, path)
    assert.equal(page.headers.get('cache-control'), 'private, no-store')
    assert.equal(page.headers.get('x-powered-by'), null)
    const html = await page.text()
    assert.doesNotMatch(html, /https?:|style=|<style|<script>/)
    assert.match(html, /<meta name="robots" content="noindex">/)
    for (const [, file = ''] of html.matchAll(/(?:src|href)="(static\/[^"]+)"/g)) {
      assert.equal((await operator.get(`/admin/queue/${file}`)).status, 200, file)
    }
  }
})

test('the board tells what is queued, and calls states as the other pages do', async (t) => {
  const { operator } = await openBoard(t)
  const { queues } = await (
    await operator.get('/admin/queue/api/queues?activeQueue=mail&status=failed')
  ).json()
  const named = queues.map(
    ({ name, displayName, counts }: { name: string; displayName: string; counts: object }) => [
      name,
      displayName,
      { failed: 0, delayed: 0, ...counts },
    ],
  )
  assert.deepEqual(
    named.map(([name, label]: [string, string]) => [name, label]),
    [
      ['requests', 'Requests'],
      ['crm', 'CRM'],
      ['accounts', 'Account system'],
      ['mail', 'Mail'],
    ],
  )
  const mail = queues.find(({ name }: { name: string }) => name === 'mail')
  assert.deepEqual([mail.counts.failed, mail.jobs[0].failedReason], [1, reason])
  const words = await (await operator.get('/admin/queue/static/locales/en-GB/messages.json')).json()
  assert.deepEqual(
    [words.QUEUE.STATUS.FAILED, words.QUEUE.STATUS.DELAYED, words.QUEUE.STATUS.ACTIVE],
    ['Dead letter', 'Retry', 'Active'],
  )
})

test('nothing of the board is to be had without a sign-in, nor with a cookie of a visitor', async (t) => {
  const { site } = await openBoard(t)
  const port = Number(new URL(site.url).port)
  const visitor = cookieOf(await site.post('/session', { name: 'Ann' }))
  const paths = [
    '/admin/queue',
    '/admin/queue/',
    '/admin/queue/queue/mail',
    '/admin/queue/api/queues',
    '/admin/queue/api/queues/mail/mail-one',
    '/admin/queue/api/queues/mail/mail-one/retry',
    '/admin/queue/static/locales/en-GB/messages.json',
  ]
  const spelled = paths.flatMap((path) => [
    path,
    path.toUpperCase(),
    path.replace('/admin/queue', '/admin%2Fqueue'),
    path.replace('/admin', '//admin'),
    path.replace('/admin', '/admin/sign-in/..'),
    path.replace('queue/', 'queue//'),
    `${path}/`,
  ])
  for (const path of spelled) {
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      const headers = { origin: site.url, cookie: visitor, 'x-xsrf-token': 'x' }
      const { status, text } = await ask(port, { path, method, headers })
      assert.ok([303, 308, 403, 404, 405].includes(status), `${method} ${path}: ${status}`)
      assert.doesNotMatch(text, /an-invite|no such mailbox|__UI_CONFIG__|Dead letter/, `${method} ${path}`)
    }
  }
})

test('what would change or lose a task is refused, and so is what lacks the token of the page', async (t) => {
  const { site, operator, act } = await openBoard(t)
  for (const [method, path] of [
    ['POST', '/api/queues/mail/add'],
    ['PUT', '/api/queues/mail/empty'],
    ['PUT', '/api/queues/mail/obliterate'],
    ['PUT', '/api/queues/mail/clean/failed'],
    ['PUT', '/api/queues/mail/clean/delayed'],
    ['PUT', '/api/queues/mail/concurrency'],
    ['PUT', '/api/queues/crm/contact-one/clean'],
    ['PUT', '/api/queues/CRM/contact-one/clean'],
    ['PATCH', '/api/queues/mail/mail-one/update-data'],
    ['PATCH', '/api/queues/crm/contact-one/delay'],
    ['DELETE', '/api/queues/mail'],
  ] as const) {
    assert.equal((await act(method, path)).status, 403, path)
  }
  assert.equal((await act('PUT', '/api/queues/mail/mail-one/retry', 'x')).status, 403)
  assert.equal((await act('PUT', '/api/queues/mail/mail-one/retry', '')).status, 403)
  const { queues } = await (await operator.get('/admin/queue/api/queues')).json()
  const count = (queue: string, state: string) =>
    queues.find(({ name }: { name: string }) => name === queue).counts[state]
  assert.deepEqual([count('mail', 'failed'), count('crm', 'delayed')], [1, 1])
  assert.deepEqual(audited(site), [])
})

test('a dead letter is tried again and removed, and the audit log tells who did it, without data of a visitor', async (t) => {
  const { site, operator, act } = await openBoard(t)
  const states = async () => {
    const { queues } = await (await operator.get('/admin/queue/api/queues')).json()
    return queues.find(({ name }: { name: string }) => name === 'mail').counts
  }
  assert.equal((await act('PUT', '/api/queues/mail/mail-one/retry')).status, 204)
  const counts = await states()
  assert.deepEqual([counts.failed, counts.waiting], [0, 1])
  await leaveDeadLetter(queueUrl)
  assert.equal((await act('PUT', '/api/queues/mail/mail-one/clean')).status, 204)
  assert.deepEqual([(await states()).failed, (await states()).waiting], [0, 0])
  assert.deepEqual(
    audited(site).map(({ audit, operator: who, done, queue, task, status }) => [
      audit,
      who,
      done,
      queue,
      task,
      status,
    ]),
    [
      [true, 'operator', 'try again', 'mail', deadLetter.id, '204'],
      [true, 'operator', 'remove', 'mail', deadLetter.id, '204'],
    ],
  )
})

test('while the queue is away the board says so, and the site goes on', async (t) => {
  const { operator } = await openBoard(t)
  await redis.pause()
  t.after(() => redis.unpause())
  const answer = await operator.get('/admin/queue/api/queues')
  assert.ok(answer.status >= 500)
  assert.equal((await operator.get('/admin/searches')).status, 200)
  assert.equal((await operator.get('/admin')).status, 503)
})
