import assert from 'node:assert/strict'
import { appendFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { type Change, type WatchOptions, watchFiles } from '../../app/live/watch.ts'

// Much longer than a batch takes, so that a second one would be seen.
const settled = 250

test('each of many saves in a row is one change', async (t) => {
  const { dirs, next, changes } = await watched(t)
  for (let save = 1; save <= 20; save++) {
    const change = next()
    await writeFile(join(dirs.content, 'page.md'), `save ${save}\n`)
    assert.deepEqual(await change, ['content'])
    assert.equal(changes.length, save)
  }
  await wait(settled)
  assert.equal(changes.length, 20)
})

test('a save by temporary file and rename is one change, again and again', async (t) => {
  const { dirs, next, changes } = await watched(t)
  for (let save = 1; save <= 3; save++) {
    const change = next()
    await writeFile(join(dirs.views, 'page.njk.tmp'), `save ${save}\n`)
    await rename(join(dirs.views, 'page.njk.tmp'), join(dirs.views, 'page.njk'))
    assert.deepEqual(await change, ['views'])
    await wait(settled)
    assert.equal(changes.length, save)
  }
})

test('a save in several writes, and of several files, is one change', async (t) => {
  const { dirs, next, changes } = await watched(t)
  const change = next()
  await writeFile(join(dirs.content, 'page.md'), 'one\n')
  await appendFile(join(dirs.content, 'page.md'), 'two\n')
  await writeFile(join(dirs.assets, 'site.css'), 'a{}')
  assert.deepEqual(await change, ['assets', 'content'])
  await wait(settled)
  assert.equal(changes.length, 1)
})

test('files in new folders, renamed and removed files are changes', async (t) => {
  const { dirs, next } = await watched(t)
  const folder = join(dirs.content, 'pages', 'new')
  const steps = [
    () => mkdir(folder, { recursive: true }),
    () => writeFile(join(folder, 'page.md'), 'new\n'),
    () => writeFile(join(folder, 'page.md'), 'changed\n'),
    () => rename(join(folder, 'page.md'), join(folder, 'moved.md')),
    () => rm(folder, { recursive: true }),
  ]
  for (const step of steps) {
    const change = next()
    await step()
    assert.deepEqual(await change, ['content'])
    await wait(settled)
  }
})

test('editors leave hidden and backup files that are no changes', async (t) => {
  const { dirs, next, changes } = await watched(t)
  for (const name of ['.page.md.swp', 'page.md~', '.#page.md']) await writeFile(join(dirs.content, name), 'x')
  await wait(settled)
  assert.deepEqual(changes, [])
  const change = next()
  await writeFile(join(dirs.content, 'page.md'), 'x')
  assert.deepEqual(await change, ['content'])
})

test('by polling, saves are seen too', async (t) => {
  const { dirs, next, changes } = await watched(t, { polling: true })
  for (let save = 1; save <= 3; save++) {
    const change = next()
    await writeFile(join(dirs.assets, 'site.css'), `a{}${' '.repeat(save)}`)
    assert.deepEqual(await change, ['assets'])
  }
  assert.equal(changes.length, 3)
})

test('after closing nothing is reported', async (t) => {
  const { dirs, changes, close } = await watched(t)
  await writeFile(join(dirs.content, 'page.md'), 'before\n')
  await close()
  await writeFile(join(dirs.content, 'page.md'), 'after\n')
  await wait(settled)
  assert.deepEqual(changes, [])
})

async function watched(t: TestContext, options?: WatchOptions) {
  const root = await mkdtemp(join(tmpdir(), 'watch-'))
  const dirs = { content: join(root, 'content'), views: join(root, 'views'), assets: join(root, 'static') }
  for (const dir of Object.values(dirs)) await mkdir(dir)
  const changes: Change[][] = []
  let heard = (_change: Change[]): void => {}
  const watcher = await watchFiles(
    dirs,
    (changed) => {
      const change = [...changed].sort()
      changes.push(change)
      heard(change)
    },
    options,
  )
  t.after(async () => {
    await watcher.close()
    await rm(root, { recursive: true, force: true })
  })
  const next = (): Promise<Change[]> =>
    new Promise((resolve) => {
      heard = resolve
    })
  return { dirs, changes, next, close: watcher.close }
}
