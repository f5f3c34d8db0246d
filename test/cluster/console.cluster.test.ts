import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { Agent, request } from 'node:https'
import { text } from 'node:stream/consumers'
import { after, afterEach, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Machine } from '../lab/cluster/layout.ts'
import { type Asking, fieldOf, type SignedInOperator, signIn } from '../operators/signed-in.ts'
import { until } from '../until.ts'
import { type CanarySite, shareOf, startCanarySite } from './canary-site.ts'
import { failedOf } from './canary-visitors.ts'
import { tasksOf } from './site.ts'

const agent = new Agent({ rejectUnauthorized: false })

let site: CanarySite
let operator: SignedInOperator
before(async () => {
  site = await startCanarySite({ good: [] })
  operator = await signIn(through(site.cluster.nodes[0]))
})
after(() => site?.delete())
afterEach(() => site?.endVisits())

function ask(
  { address }: Machine,
  path: string,
  headers: Readonly<Record<string, string>>,
  body?: string,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const options = {
      agent,
      method: body === undefined ? 'GET' : 'POST',
      headers: { host: 'localhost', ...headers },
    }
    request(`https://${address}${path}`, options, resolve).once('error', reject).end(body)
  })
}

/** The site as a browser finds it on a node. */
function through(node: Machine): Asking {
  const answer = async (path: string, headers: Readonly<Record<string, string>>, body?: string) => {
    const got = await ask(node, path, headers, body)
    const all = Object.entries(got.headers).map(([name, value]) => [name, String(value)] as [string, string])
    return new Response(await text(got), { status: got.statusCode ?? 0, headers: all })
  }
  const form = { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://localhost' }
  return {
    get: (path, headers = {}) => answer(path, headers),
    post: (path, fields, headers = {}) =>
      answer(path, { ...form, ...headers }, new URLSearchParams(fields).toString()),
  }
}

/** The page. Control may take longer than a page can wait: an instance then shows what it knew before. */
async function pageWith(field: string): Promise<string> {
  let page = ''
  const isThere = async () => {
    page = await (await operator.get('/console')).text()
    return fieldOf(page, field) !== ''
  }
  await until(isThere, `a page with the form of the ${field}`, 30)
  return page
}

/** Presses a button of the page once it is there. */
async function press(path: string, fields: Readonly<Record<string, string>> = {}): Promise<string> {
  const page = await pageWith(fields.component ? 'csrf' : 'canary')
  const answer = await operator.post(path, {
    csrf: fieldOf(page, 'csrf'),
    canary: fieldOf(page, 'canary'),
    ...fields,
  })
  const html = await answer.text()
  assert.equal(answer.status, 303, /role="alert">[\s\S]*?<\/div>/.exec(html)?.[0] ?? html.slice(0, 2000))
  return html
}

test('the console shows the app, and nobody else sees it', async () => {
  const shown = async () => (await (await operator.get('/console')).text()).includes('site/webapp')
  await until(shown, 'the components')
  const stranger = await through(site.cluster.nodes[1]).get('/console')
  assert.equal(stranger.status, 303)
  assert.match(stranger.headers.get('location') ?? '', /sign-in/)
})

test('what changes is sent through nginx and the balancer, for longer than either waits for a page', async () => {
  const stream = await ask(site.cluster.nodes[2], '/console/events', { cookie: operator.cookie })
  assert.equal(stream.statusCode, 200)
  let events = ''
  let isOver = false
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    events += chunk
  })
  stream.once('close', () => {
    isOver = true
  })
  await until(async () => events.includes('site/webapp'), 'the first events')
  await sleep(75_000)
  assert.ok(!isOver, 'the stream is open')
  const before = events.length
  await press('/console/scale', { component: 'site/worker', instances: '2' })
  await until(async () => events.slice(before).includes('site/worker'), 'the news', 30)
  stream.destroy()
  await until(
    async () => (await tasksOf('site-worker', site.cluster.nodes[0])).length === 2,
    'a worker more',
    60,
  )
  const isFree = async () => !JSON.parse(await site.good(['status', '--json'])).lock
  await until(isFree, 'the end of it', 60)
})

test('a canary is given a share, paused and aborted there', async () => {
  const visits = site.visit()
  await site.good(['canary', 'start', 'webapp=good', '--steps', '20,60,100', '--hold', '10m', '--detach'])
  await site.untilIn('stepping')
  await press('/console/share', { percent: '60' })
  await until(async () => shareOf(visits, 'good') > 0.35, 'the share')
  await press('/console/pause')
  await site.untilIn('paused')
  await press('/console/abort', { sure: 'yes' })
  await site.untilIn('ended')
  assert.deepEqual(failedOf(await visits.stop()).slice(0, 5), [])
  const history = (await site.status())?.history.map(({ said }) => said).join('\n') ?? ''
  assert.match(history, /by operator at the console/)
  await site.untilGone()
})
