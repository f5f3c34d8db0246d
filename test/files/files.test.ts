import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { contentFolder, pages, startSite } from '../site/site.ts'

const svg = (width: number) => `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="2"/>`

test('a picture is "not modified" only while its bytes are the same, whatever its time', async (t) => {
  const etags = []
  for (const width of [3, 4]) {
    const contentDir = contentFolder({ ...pages, 'images/a.svg': svg(width) })
    utimesSync(join(contentDir, 'images/a.svg'), 0, 0)
    const site = await startSite(t, { contentDir })
    const { headers } = await site.get('/images/a.svg')
    assert.equal(headers.get('last-modified'), null)
    const etag = headers.get('etag') ?? ''
    assert.equal(await statusOf(`${site.url}/images/a.svg`, etag), 304)
    etags.push(etag)
  }
  assert.notEqual(etags[0], etags[1])
})

test('the folder of the content may have any name', async (t) => {
  const contentDir = join(mkdtempSync(join(tmpdir(), '.hidden-')), '.content')
  mkdirSync(join(contentDir, 'images'), { recursive: true })
  writeFileSync(join(contentDir, 'page.md'), pages['pages/mine.md'] ?? '')
  writeFileSync(join(contentDir, 'images/a.svg'), svg(3))
  const site = await startSite(t, { contentDir })
  assert.equal((await site.get('/images/a.svg')).status, 200)
})

test('a picture cannot be written to', async (t) => {
  const site = await startSite(t, { contentDir: contentFolder({ ...pages, 'images/a.svg': svg(3) }) })
  const answer = await site.post('/images/a.svg', {})
  assert.deepEqual([answer.status, answer.headers.get('allow')], [405, 'GET, HEAD'])
})

/** `fetch` adds no-cache to a conditional request; browsers do not. */
const statusOf = (url: string, etag: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    get(url, { headers: { 'if-none-match': etag } }, (res) => resolve(res.resume().statusCode)).on(
      'error',
      reject,
    )
  })

test('a static file of this release is served, though nginx serves those of its own', async (t) => {
  const site = await startSite(t, { serveFiles: false })
  const url = /href="(\/static\/css\/[^"]+)"/.exec(await (await site.get('/')).text())?.[1] ?? ''
  const { status, headers } = await site.get(url)
  assert.deepEqual([status, headers.get('content-type')], [200, 'text/css; charset=utf-8'])
  assert.equal(headers.get('cache-control'), 'public, max-age=31536000, immutable')
  assert.equal((await site.get(url.replace(/\w{8}\.css$/, '00000000.css'))).status, 404)
  assert.equal((await site.get('/favicon.ico')).status, 404)
})
