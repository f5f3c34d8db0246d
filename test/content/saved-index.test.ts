import assert from 'node:assert/strict'
import { chmodSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { encodeColumns, loadColumns } from '../../app/content/index-file.ts'
import { documentAt, Folder, page } from './folder.ts'

const past = new Date('2026-01-01T10:00:00.500Z')

/** Gives a file new bytes that its size and time do not show. */
function changeUnseen(folder: Folder, name: string, text: string): void {
  assert.equal(Buffer.byteLength(text), statSync(folder.path(name)).size)
  writeFileSync(folder.path(name), text)
  utimesSync(folder.path(name), past, past)
}

function aged(folder: Folder, ...names: string[]): Folder {
  for (const name of names) utimesSync(folder.path(name), past, past)
  return folder
}

test('a start reads the saved index, not the files', async (t) => {
  const folder = aged(new Folder(t, { 'pages/a.md': page('', 'One') }), 'pages/a.md')
  const first = await folder.open()
  changeUnseen(folder, 'pages/a.md', page('', 'Two'))
  const second = await folder.open()
  assert.equal(second.find('/a')?.title, 'One')
  assert.equal(second.version, first.version)
})

test('an index made before image layers cut the times to seconds still holds', async (t) => {
  const folder = aged(new Folder(t, { 'pages/a.md': page('', 'One') }), 'pages/a.md')
  await folder.open()
  changeUnseen(folder, 'pages/a.md', page('', 'Two'))
  const seconds = new Date('2026-01-01T10:00:00Z')
  utimesSync(folder.path('pages/a.md'), seconds, seconds)
  assert.equal((await folder.open()).find('/a')?.title, 'One')
})

test('an index of older code, which holds less, is made anew', async (t) => {
  const folder = new Folder(t, { 'pages/a.md': page('', 'One') })
  await folder.open()
  const saved = join(folder.cacheDir, 'content-index')
  const columns = new Map(loadColumns(saved))
  const { span, ...head } = JSON.parse(String(columns.get('head')))
  columns.set('head', Buffer.from(JSON.stringify({ ...head, key: 'older' })))
  writeFileSync(saved, encodeColumns(columns))
  assert.notEqual(span, undefined)
  assert.equal((await folder.open()).find('/a')?.title, 'One')
})

test('changed, added and deleted files are noticed; the others are not read again', async (t) => {
  const folder = new Folder(t, {
    'pages/a.md': page('', 'One'),
    'pages/b.md': page(),
    'pages/c.md': page('', 'Old'),
  })
  aged(folder, 'pages/a.md', 'pages/b.md', 'pages/c.md')
  const before = await folder.open()
  changeUnseen(folder, 'pages/a.md', page('', 'Two'))
  folder.write({ 'pages/c.md': page('', 'New'), 'pages/d.md': page() })
  rmSync(folder.path('pages/b.md'))
  const after = await folder.open()
  const titles = after.pages.map(({ url, title }) => [url, title])
  assert.deepEqual(titles, [
    ['/a', 'One'],
    ['/c', 'New'],
    ['/d', 'A page'],
  ])
  assert.notEqual(after.version, before.version)
})

test('two changes of the same size at the same moment are both seen', async (t) => {
  const folder = new Folder(t, { 'pages/a.md': page() })
  for (let i = 0; i < 20; i++) {
    folder.write({ 'pages/a.md': page('', `Title ${i % 10}`) })
    assert.equal((await folder.open()).find('/a')?.title, `Title ${i % 10}`)
  }
})

test('the version tells content, not times or machines', async (t) => {
  const one = new Folder(t, { 'pages/a.md': page(), 'data/x.yml': 'a: 1', 'posts/2026-01-01-b.md': page() })
  const other = new Folder(t)
  one.copyTo(other)
  aged(other, 'pages/a.md', 'data/x.yml')
  const { version } = await one.open()
  assert.equal((await other.open()).version, version)
  other.write({ 'data/x.yml': 'a: 2' })
  assert.notEqual((await other.open()).version, version)
})

const spoil: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  garbage: () => Buffer.from('garbage'),
  'an empty file': () => Buffer.alloc(0),
  'half an index': (bytes) => bytes.subarray(0, bytes.length / 2),
  'an index with a changed byte': (bytes) =>
    bytes.map((byte, i) => (i === bytes.length - 20 ? byte ^ 1 : byte)) as Buffer,
  'an index of another version': (bytes) =>
    Buffer.concat([Buffer.from('dogfood-content0'), bytes.subarray(16)]),
}

for (const [name, change] of Object.entries(spoil)) {
  test(`${name} is made anew`, async (t) => {
    const folder = aged(new Folder(t, { 'pages/a.md': page('', 'One') }), 'pages/a.md')
    await folder.open()
    const path = join(folder.cacheDir, 'content-index')
    const good = readFileSync(path)
    writeFileSync(path, change(good))
    const content = await folder.open()
    assert.equal(content.find('/a')?.title, 'One')
    assert.deepEqual(readFileSync(path), good)
  })
}

test('an index made for other templates is not used', async (t) => {
  const folder = aged(new Folder(t, { 'pages/a.md': '---\ntitle: A\ntemplate: wide\n---\n' }), 'pages/a.md')
  assert.equal((await folder.open()).find('/a'), undefined)
  assert.equal((await folder.open({ templates: ['page', 'wide'] })).find('/a')?.template, 'wide')
})

test('an index made for other reserved URLs is not used', async (t) => {
  const folder = aged(new Folder(t, { 'pages/a.md': page() }), 'pages/a.md')
  assert.equal((await folder.open()).faults.length, 0)
  assert.equal((await folder.open({ reservedUrls: ['/a'] })).faults.length, 1)
})

test('a cache folder that cannot be written is no error', async (t) => {
  const folder = new Folder(t, { 'pages/a.md': page('*x*') })
  const content = await folder.open({ cacheDir: join(folder.path('pages/a.md'), 'cache') })
  assert.match((await documentAt(content, '/a')).html, /<em>x<\/em>/)
})

test('a file that may not be read is a fault of that file', async (t) => {
  const folder = new Folder(t, { 'pages/a.md': page(), 'pages/secret.md': page() })
  chmodSync(join(folder.dir, '..'), 0o777)
  chmodSync(folder.path('pages/secret.md'), 0)
  const content = await asNobody(() => folder.open())
  assert.deepEqual(
    content.faults.map(({ file, what }) => [file, what]),
    [['pages/secret.md', 'this file cannot be read (EACCES)']],
  )
  assert.equal(content.find('/a')?.title, 'A page')
})

// Permissions do not bind root; modules are loaded before, while they can be.
async function asNobody<T>(run: () => Promise<T>): Promise<T> {
  await import('../../app/content/build-index.ts')
  if (process.getuid?.() !== 0) return run()
  process.seteuid?.(65534)
  try {
    return await run()
  } finally {
    process.seteuid?.(0)
  }
}

test('rendered documents are saved, used again and removed when their page has changed', async (t) => {
  const folder = aged(new Folder(t, { 'pages/a.md': page('one'), 'pages/b.md': page('two') }), 'pages/b.md')
  const documents = join(folder.cacheDir, 'documents')
  const content = await folder.open()
  await Promise.all([documentAt(content, '/a'), documentAt(content, '/b')])
  const [saved] = readdirSync(documents).filter((name) =>
    readFileSync(join(documents, name), 'utf8').includes('two'),
  )
  writeFileSync(
    join(documents, saved ?? ''),
    readFileSync(join(documents, saved ?? ''), 'utf8').replace('two', 'saved'),
  )
  folder.write({ 'pages/a.md': page('three') })
  const next = await folder.open()
  assert.deepEqual(readdirSync(documents), [saved])
  assert.match((await documentAt(next, '/b')).html, /saved/)
  assert.match((await documentAt(next, '/a')).html, /three/)
})

test('a page asked for many times at once is rendered once', async (t) => {
  const folder = new Folder(t, { 'pages/a.md': page('one') })
  const content = await folder.open()
  const [first, ...others] = await Promise.all(Array.from({ length: 50 }, () => documentAt(content, '/a')))
  assert.ok(others.every((document) => document === first))
  assert.equal(await documentAt(content, '/a'), first)
})

test('a saved document that is not one is made anew', async (t) => {
  const folder = new Folder(t, { 'pages/a.md': page('one') })
  const documents = join(folder.cacheDir, 'documents')
  await documentAt(await folder.open(), '/a')
  for (const garbage of ['', '{}', 'null', '{"parts":["x"],']) {
    for (const name of readdirSync(documents)) writeFileSync(join(documents, name), garbage)
    assert.equal((await documentAt(await folder.open(), '/a')).html, '<p>one</p>\n')
  }
})

test('a page that changes before it is rendered is not saved as what it was', async (t) => {
  const folder = new Folder(t, { 'pages/a.md': page('one') })
  const content = await folder.open()
  folder.write({ 'pages/a.md': page('two') })
  assert.match((await documentAt(content, '/a')).html, /two/)
  folder.write({ 'pages/a.md': page('one') })
  assert.match((await documentAt(await folder.open(), '/a')).html, /one/)
})

test('content that is replaced by a newer one finishes what it renders', async (t) => {
  const folder = new Folder(t, { 'pages/a.md': page('one') })
  const old = await folder.open()
  const document = documentAt(old, '/a')
  folder.write({ 'pages/b.md': page('two') })
  const next = await folder.open()
  await old.close()
  assert.match((await document).html, /one/)
  assert.match((await documentAt(next, '/b')).html, /two/)
})
