import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonicalPath } from '../../app/content/canonical-path.ts'
import { titleSlug } from '../../app/new/title-slug.ts'

const slugs: Readonly<Record<string, string>> = {
  'Two caches, for two reasons': 'two-caches-for-two-reasons',
  'What’s new in 2.0? It\'s "fast"!': 'whats-new-in-2-0-its-fast',
  'Über Ærø, straße & Łódź': 'uber-aero-strasse-lodz',
  'Đặng İstanbul ﬁne Ⅻ': 'dang-istanbul-fine-xii',
  'Йод и ёлка': 'йод-и-ёлка',
  日本語のガイド: '日本語のガイド',
  'हिन्दी में': 'हिन्दी-में',
  한국어: '한국어',
  'مرحبا بالعالم': 'مرحبا-بالعالم',
  '../../etc/passwd': 'etc-passwd',
  '-- a -- b --': 'a-b',
  '🎉 !?': '',
}

for (const [title, slug] of Object.entries(slugs)) {
  test(`the slug of '${title}' is '${slug}', and an address as it is`, () => {
    assert.equal(titleSlug(title), slug)
    const url = `/blog/${encodeURIComponent(slug)}`
    if (slug) assert.equal(canonicalPath(url), url)
  })
}

test('a long title is cut between words, and a word without end within it', () => {
  assert.equal(titleSlug('word '.repeat(40)), Array(12).fill('word').join('-'))
  assert.equal(titleSlug('x'.repeat(300)).length, 60)
  assert.ok(Buffer.byteLength(titleSlug('𠮷'.repeat(300))) < 242)
})
