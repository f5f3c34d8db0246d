import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatFault } from '../../app/content/fault.ts'
import { readMoment } from '../../app/content/moment.ts'
import { documentAt, Folder, page } from './folder.ts'

const before = Date.parse('2026-05-01T08:59:59Z')
const after = Date.parse('2026-05-01T09:00:00Z')

const dated = (date: string, more = ''): string => `---\ntitle: Later\ndate: ${date}\n${more}---\nText.\n`

const files = {
  'pages/index.md': page('', 'Home'),
  'pages/offer.md': dated('2026-05-01T11:00:00+02:00', 'redirect_from: /old-offer\n'),
  'posts/2026-04-30-now.md': page('', 'Now'),
  'posts/2026-06-01-june.md': page('', 'June'),
}

const moments: Readonly<Record<string, string | undefined>> = {
  '2026-12-01': '2026-12-01T00:00:00.000Z',
  '2026-12-01 09:00': '2026-12-01T09:00:00.000Z',
  '2026-12-01T09:00:30+02:00': '2026-12-01T07:00:30.000Z',
  '2026-12-01 09:00:00 -0500': '2026-12-01T14:00:00.000Z',
  '2026-12-01 9:00': undefined,
  '2026-02-30': undefined,
  '2026-12-01 25:00': undefined,
}

for (const [text, at] of Object.entries(moments)) {
  test(`the date ${text} is ${at ?? 'refused'}`, () => assert.equal(readMoment(text)?.at, at))
}

test('what has a date to come is hidden until then, with its old addresses', async (t) => {
  const folder = new Folder(t, files)
  const early = await folder.open({ now: before })
  assert.equal(early.find('/offer'), undefined)
  assert.equal(early.redirect('/old-offer'), undefined)
  assert.equal(early.postCount, 1)
  assert.equal(early.next, after)
  const due = await folder.open({ now: after })
  assert.equal(due.find('/offer')?.scheduled, undefined)
  assert.equal(due.redirect('/old-offer'), '/offer')
  assert.equal(due.next, Date.parse('2026-06-01'))
  assert.notEqual(due.version, early.version)
  assert.equal((await folder.open({ now: Date.parse('2027-01-01') })).next, undefined)
})

test('the version is the same wherever the same is shown, and comes back with the clock', async (t) => {
  const [one, other] = [new Folder(t, files), new Folder(t, files)]
  const { version } = await one.open({ now: before })
  const later = await other.open({ now: after + 1000 })
  assert.equal((await one.open({ now: after })).version, later.version)
  assert.equal((await one.open({ now: before - 1000 })).version, version)
})

test('an index that cannot be saved anew is not used past its moment', async (t) => {
  const folder = new Folder(t, files)
  await folder.open({ now: before })
  const built = new Folder(t)
  folder.copyTo(built)
  const content = await built.open({ cacheDir: folder.cacheDir, now: after })
  assert.ok(content.find('/offer'))
})

test('development shows what is scheduled, and says so', async (t) => {
  const folder = new Folder(t, files)
  const early = await folder.open({ drafts: true, now: before })
  assert.equal(early.find('/offer')?.scheduled, true)
  assert.equal(early.posts(0, 1)[0]?.scheduled, true)
  assert.equal(early.find('/')?.scheduled, undefined)
  const due = await folder.open({ drafts: true, now: after })
  assert.equal(due.find('/offer')?.scheduled, undefined)
  assert.notEqual(due.version, early.version)
})

test('a draft never appears by itself', async (t) => {
  const folder = new Folder(t, { 'posts/2026-06-01-x.md': dated('2026-06-01', 'draft: true\n') })
  assert.equal((await folder.open({ now: before })).next, undefined)
  assert.equal((await folder.open({ now: Date.parse('2027-01-01') })).postCount, 0)
})

test('posts of one day stand in the order of their times', async (t) => {
  const folder = new Folder(t, {
    'posts/2026-01-01-a.md': dated('2026-01-01 08:00'),
    'posts/2026-01-01-b.md': dated('2026-01-01 20:00'),
    'posts/2026-01-01-c.md': dated('2026-01-01 12:00'),
  })
  const urls = (await folder.open()).posts(0, 3).map(({ url }) => url)
  assert.deepEqual(urls, ['/blog/b', '/blog/c', '/blog/a'])
})

test('a link to what is not there yet says why, and already leads there', async (t) => {
  const links = '[a](offer.md)\n\n[b](/blog/june#x)\n\n[c](draft.md)\n'
  const folder = new Folder(t, {
    ...files,
    'pages/index.md': page(links),
    'pages/draft.md': '---\ntitle: Draft\ndraft: true\n---\n',
  })
  const { html, faults } = await documentAt(await folder.open({ now: before }), '/')
  assert.deepEqual(faults.map(formatFault), [
    'pages/index.md:4:5: the link offer.md leads to a page that is scheduled for 2026-05-01 09:00 UTC, publish this page no sooner, or leave the link out until then',
    'pages/index.md:6:5: the link /blog/june#x leads to a page that is scheduled for 2026-06-01, publish this page no sooner, or leave the link out until then',
    'pages/index.md:8:5: the link draft.md leads to a page that is a draft, publish that page first, or leave the link out until then',
  ])
  assert.match(html, /href="\/offer"/)
})
