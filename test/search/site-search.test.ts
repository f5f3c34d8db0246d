import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Worker } from 'node:worker_threads'
import type { Content } from '../../app/content/content.ts'
import { createLog } from '../../app/logging/log.ts'
import { saveSearchIndex, siteSearch } from '../../app/search/site-search.ts'
import { findIn, post, searching, urlsOf } from './searching.ts'

const files = {
  'pages/a.md': post('A page', 'About lanterns.'),
  'posts/2026-01-01-b.md': post('A post', 'About harbours.'),
}

const log = createLog({ logLevel: 'silent', release: 'r', instance: 'i' })

/** The same content, that can no longer be read. */
const unreadable = (content: Content): Content =>
  Object.create(content, {
    pages: {
      get() {
        throw new Error('it is read again')
      },
    },
  })

test('an index that was saved is opened, not built again', async (t) => {
  const { folder, use, find } = await searching(t, files)
  const content = await folder.open()
  await saveSearchIndex(content, folder.cacheDir)
  use(unreadable(content))
  assert.deepEqual(urlsOf(await find('lantern')), ['/a'])
})

test('an index of another content is not used', async (t) => {
  const { folder, use, find } = await searching(t, files)
  await saveSearchIndex(await folder.open(), folder.cacheDir)
  folder.write({ 'pages/c.md': post('New', 'About a quince.') })
  use(await folder.open())
  assert.deepEqual(urlsOf(await find('quince')), ['/c'])
})

test('what is saved but damaged is built anew', async (t) => {
  const { folder } = await searching(t, files)
  const content = await folder.open()
  await saveSearchIndex(content, folder.cacheDir)
  const path = join(folder.cacheDir, 'search-index')
  const whole = readFileSync(path)
  const changed = Buffer.from(whole)
  changed.writeUInt8(0, 60)
  for (const damaged of ['', 'dogfood-search-1', 'x'.repeat(5000), whole.subarray(0, -9), changed]) {
    writeFileSync(path, damaged)
    const search = siteSearch({ content: () => content, cacheDir: folder.cacheDir, log })
    assert.deepEqual(urlsOf(await findIn(search)('lantern')), ['/a'])
    await search.close()
    assert.deepEqual(readFileSync(path), whole)
  }
})

test('a changed content is found without a restart', async (t) => {
  const { folder, use, find } = await searching(t, files)
  assert.equal((await find('quince')).count, 0)
  folder.write({
    'pages/a.md': post('A page', 'About nothing.'),
    'pages/c.md': post('New', 'About a quince.'),
  })
  use(await folder.open())
  assert.deepEqual(urlsOf(await find('quince')), ['/c'])
  assert.equal((await find('lantern')).count, 0)
})

test('contents that change while an index is made never mix', async (t) => {
  const { folder, use, find, search } = await searching(t, files)
  search.prepare()
  folder.write({ 'pages/a.md': post('A page', 'About a quince.') })
  use(await folder.open())
  assert.equal((await find('quince')).count, 1)
  assert.equal((await find('about')).count, 2)
})

test('where nothing can be written, the index is kept in memory', async (t) => {
  const { folder } = await searching(t, files)
  const content = await folder.open()
  writeFileSync(folder.path('file'), '')
  const search = siteSearch({ content: () => content, cacheDir: folder.path('file/cache'), log })
  t.after(() => search.close())
  assert.deepEqual(urlsOf(await findIn(search)('harbour')), ['/blog/b'])
})

test('a thread that ends is started again at the next query', async (t) => {
  const { folder, find } = await searching(t, files)
  // Rendering has a thread too; a saved index does without it.
  await saveSearchIndex(await folder.open(), folder.cacheDir)
  const threads: Worker[] = []
  const watch = (worker: Worker) => void threads.push(worker)
  process.on('worker', watch)
  t.after(() => process.off('worker', watch))
  await find('lantern')
  assert.equal(threads.length, 1)
  await threads[0]?.terminate()
  const answer = await find('lantern').catch(() => find('lantern'))
  assert.deepEqual(urlsOf(answer), ['/a'])
  assert.equal(threads.length, 2)
})

test('a query beyond those that may wait is refused at once', async (t) => {
  const { find } = await searching(t, files, { mostWaiting: 2 })
  await find('lantern')
  const answers = await Promise.allSettled(Array.from({ length: 5 }, () => find('lantern')))
  assert.equal(answers.filter(({ status }) => status === 'fulfilled').length, 2)
  for (const answer of answers) {
    if (answer.status === 'rejected') assert.equal(answer.reason.code, 'unavailable')
  }
  assert.equal((await find('lantern')).count, 1)
})

test('an index that cannot be made is told to the log once, and to every visitor', async (t) => {
  const { folder, use, find, lines } = await searching(t, files)
  use(unreadable(await folder.open()))
  for (const _ of [1, 2, 3]) await assert.rejects(find('lantern'), { code: 'unavailable' })
  assert.equal(lines.filter((line) => line.includes('it is read again')).length, 1)
})

test('after the end no query is answered', async (t) => {
  const { search, find } = await searching(t, files)
  await find('lantern')
  await search.close()
  await assert.rejects(find('lantern'), { code: 'unavailable' })
})
