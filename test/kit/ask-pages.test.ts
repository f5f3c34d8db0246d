import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { askingProgram, askPages, refused } from '../../kit/rollout/ask-pages.ts'

async function site(t: TestContext, statuses: Readonly<Record<string, number>>): Promise<string> {
  const locations = Array.from({ length: 40 }, (_, index) => `<loc>https://site.test/page-${index}</loc>`)
  const server = createServer((req, res) => {
    const { url = '' } = req
    if (url === '/gone') return req.destroy()
    res.writeHead(statuses[url] ?? 200).end(url === '/sitemap.xml' ? locations.join('') : 'page')
  }).listen(0, '127.0.0.1')
  t.after(() => server.close())
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('an instance is asked for fixed pages and a sample of its sitemap', async (t) => {
  const answers = await askPages(await site(t, {}), ['/', '/session'], 4)
  assert.deepEqual(
    answers.map(({ path }) => path),
    ['/', '/session', '/page-0', '/page-10', '/page-20', '/page-30'],
  )
  assert.deepEqual(refused(answers), [])
})

test('errors of the server and pages without an answer speak against an image, refusals do not', async (t) => {
  const url = await site(t, { '/broken': 500, '/busy': 503, '/missing': 404, '/elsewhere': 308 })
  const paths = ['/broken', '/busy', '/missing', '/elsewhere', '/gone']
  const wrong = refused(await askPages(url, paths, 0))
  assert.deepEqual(
    wrong.map(({ path, status }) => [path, status]),
    [
      ['/broken', 500],
      ['/busy', 503],
      ['/gone', 0],
    ],
  )
})

test('what asks is a program by itself, for a container that has none of this code', () => {
  const program = askingProgram('http://127.0.0.1:1', ['/'], 2)
  const { stdout } = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' })
  const [answer] = JSON.parse(stdout)
  assert.equal(answer.path, '/')
  assert.equal(answer.status, 0)
  assert.match(answer.why, /bad port/)
})
