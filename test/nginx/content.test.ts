import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { test } from 'node:test'

const folder = new URL('../../nginx/', import.meta.url)
const read = (file: string) => readFile(new URL(file, folder), 'utf8')
const pages = (await readdir(new URL('content/errors/', folder))).filter((name) => name.endsWith('.html'))

test('every status that nginx answers itself has a designed page', async () => {
  const wanted = [...(await read('conf/errors.conf')).matchAll(/\/errors\/(\w+\.html)/g)].map(
    ([, name]) => name,
  )
  assert.deepEqual([...new Set(wanted)].sort(), pages.sort())
  for (const status of [404, 413, 429, 502, 503, 504]) assert.ok(pages.includes(`${status}.html`))
})

for (const page of pages) {
  test(`${page} stands alone: nothing inline, nothing from elsewhere, only files of the front`, async () => {
    const html = await read(`content/errors/${page}`)
    assert.doesNotMatch(html, /<script|<style|\sstyle=|\son\w+=|https?:|data:/)
    const urls = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url)
    for (const url of urls.filter((each) => each !== '/')) await read(`content${url}`)
    assert.match(html, /<html lang="en">.*<title>[^<]+<\/title>.*<h1>[^<]+<\/h1>/s)
  })
}

test('every icon of the manifest exists', async () => {
  const { icons } = JSON.parse(await read('content/site.webmanifest')) as { icons: { src: string }[] }
  assert.ok(icons.length >= 3)
  for (const { src } of icons) await read(`content${src}`)
})

test('each security header of the app is hidden, so that none is sent twice', async () => {
  const files = ['policy-over-tls', 'common-headers', 'hidden-headers']
  const headers = (await Promise.all(files.map((file) => read(`conf/${file}.conf`)))).join('')
  const [added, hidden] = [/^add_header (\S+)/gm, /^proxy_hide_header ([^;]+)/gm].map((pattern) =>
    [...headers.matchAll(pattern)].map(([, name]) => name),
  )
  assert.ok(added && added.length >= 10)
  for (const name of added) assert.ok(hidden?.includes(name), `${name} is added here`)
})
