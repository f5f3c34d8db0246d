import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bytesInMemory, decodeIndex, encodeIndex } from '../../app/search/index-file.ts'
import { addPage, framed, indexOf, newIndex, vocabularyOf } from '../../app/search/search-index.ts'

const words = 'lantern harbour oil été 検索 storm keeper'.split(' ')

/** Pages whose words overlap in every way. */
function indexOfPages(count: number) {
  const index = newIndex()
  for (let number = 0; number < count; number++) {
    const text = words.filter((_, at) => (number >> (at % 5)) & 1).join(' ')
    addPage(index, {
      url: `/${number}`,
      title: `Page ${words[number % words.length]}`,
      description: text,
      label: 'Page',
      tags: number % 3 ? [] : ['storm'],
      sections: [{ id: 'a', heading: text, text: `${text} `.repeat(number % 4) }],
    })
  }
  return index
}

test('a saved index answers as the one that was built', () => {
  const built = indexOfPages(40)
  const bytes = encodeIndex({ key: 'k', titles: ['a'], ...framed(built), texts: [Buffer.from('one')] })
  const saved = decodeIndex(bytesInMemory(bytes), 'k')
  assert.ok(saved)
  const opened = indexOf(saved.frame, saved.columns)
  assert.equal(saved.text(0), 'one')
  for (const query of [...words, 'lantern storm', 'page oil keeper', 'none']) {
    for (const combineWith of ['AND', 'OR'] as const) {
      // Twice, because what was asked before must not matter.
      opened.search(query, { combineWith, tokenize: (text) => text.split(' ') })
      const [expected, found] = [built, opened].map((index) =>
        index
          .search(query, { combineWith, tokenize: (text) => text.split(' ') })
          .map(({ id, score }) => [id, score]),
      )
      assert.deepEqual(found, expected, `${query}, ${combineWith}`)
    }
  }
})

test('the terms of an index can be listed by their beginning and their nearness', () => {
  const vocabulary = vocabularyOf(indexOfPages(40))
  assert.deepEqual([...vocabulary.atPrefix('lan').keys()], ['lantern'])
  assert.deepEqual([...vocabulary.fuzzyGet('lentern', 1).keys()], ['lantern'])
})

test('bytes under another key, cut off or changed are no index', () => {
  const bytes = encodeIndex({ key: 'k', titles: [], ...framed(indexOfPages(3)), texts: [] })
  assert.ok(decodeIndex(bytesInMemory(bytes), 'k'))
  assert.equal(decodeIndex(bytesInMemory(bytes), 'other'), undefined)
  for (let length = 0; length < bytes.length; length += 7) {
    assert.equal(decodeIndex(bytesInMemory(bytes.subarray(0, length)), 'k'), undefined, `${length} bytes`)
  }
  for (let at = 0; at < bytes.length; at += 13) {
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ 0xff
    assert.equal(decodeIndex(bytesInMemory(changed), 'k'), undefined, `byte ${at}`)
  }
})
