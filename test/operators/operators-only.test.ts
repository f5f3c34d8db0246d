import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask } from '../nginx/ask.ts'
import { startOperatorSite } from './operator-site.ts'

const pages = ['/admin', '/admin/queue', '/admin/queue/', '/admin/searches', '/admin/invites.csv']
const consolePages = [
  '/console',
  '/console/events',
  '/console/logs',
  '/console/logs/events',
  '/console/abort',
]
const boardPages = ['/admin/queue/queue/mail', '/admin/queue/static/js/main.js', '/admin/queue/api/queues']
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** Ways of writing a path that a router may take for the same. */
const spellings = (path: string): string[] => [
  path,
  `${path}/`,
  path.toUpperCase(),
  path.replace(/^\/./, (start) => start.toUpperCase()),
  `/${path}`,
  `/.${path}`,
  `/x/..${path}`,
  path.replace(/^\/./, (start) => `/%${start.charCodeAt(1).toString(16)}`),
  `/${path.slice(1).replaceAll('/', '%2f')}`,
  path.replace(/(?<=.)\/(?=[^/]*$)/, '%2F'),
  path.replace(/^\/\w+/, '$&%00'),
  path.replace(/^\/\w+/, '$&;x'),
  path.replace(/^\/\w+/, '$&/sign-in/..'),
  path.replace(/^\/\w+/, '$&/sign-in/%2e%2e'),
  path.replace(/^\/\w+/, '$&/sign-in%2f..'),
]

test('without a sign-in nothing of the pages is to be had, by any method and any spelling', async (t) => {
  const site = await startOperatorSite(t)
  for (const path of [...pages, ...boardPages, ...consolePages].flatMap(spellings)) {
    for (const method of methods) {
      const { status, text } = await ask(site.port, { path, method, headers: { origin: site.url } })
      assert.ok([303, 403, 404, 405].includes(status), `${method} ${path} is ${status}`)
      assert.doesNotMatch(text, /Sign out|Signed in|E-mail|Dead letter/, `${method} ${path}`)
    }
  }
})

test('a reader is sent to the sign-in and told back, a writer is only sent', async (t) => {
  const site = await startOperatorSite(t)
  const get = await site.get('/admin?state=invited')
  assert.deepEqual(
    [get.status, get.headers.get('location')],
    [303, '/admin/sign-in?to=%2Fadmin%3Fstate%3Dinvited'],
  )
  const post = await site.post('/admin/invites', { id: 'x' })
  assert.deepEqual([post.status, post.headers.get('location')], [303, '/admin/sign-in'])
  const script = await site.get('/admin/queue/api/queues')
  assert.deepEqual(
    [script.status, await script.json()],
    [403, { error: 'You are signed out: load the page again.' }],
  )
})
