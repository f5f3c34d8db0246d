import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Room, setText } from '../../app/cards/lines.ts'
import { typeface } from '../../app/cards/typeface.ts'

const face = typeface('besley')
const room: Room = { width: 700, sizes: [90, 60], lines: (size) => (size > 80 ? 2 : 3) }
const set = (text: string, changes: Partial<Room> = {}) => setText(face, text, { ...room, ...changes })

test('a short text is set in the largest size, on one line', () => {
  assert.deepEqual(set('Quick start'), { size: 90, lines: ['Quick start'] })
})

test('lines are about as long as each other', () => {
  const { lines } = set('Two caches for two reasons')
  const [first = '', second = ''] = lines
  assert.equal(lines.length, 2)
  assert.ok(Math.abs(face.width(first, 1) / face.width(second, 1) - 1) < 0.4, lines.join('|'))
})

test('a word is broken only where it is longer than a line', () => {
  for (const text of [
    'Template names',
    'Tagged nginx',
    'Configuration',
    'a b c d e f g',
    'an incomprehensibility',
  ])
    assert.equal(set(text).lines.join(' '), text)
  assert.equal(set('x'.repeat(30)).lines.join(''), 'x'.repeat(30))
})

test('a text that needs more lines is set smaller', () => {
  const text = 'What five seconds of cache do to a spike of visitors'
  const { size, lines } = set(text)
  assert.equal(size, 60)
  assert.equal(lines.join(' '), text)
})

test('what does not fit ends in an ellipsis, after a whole word', () => {
  const words = Array.from({ length: 60 }, (_, i) => `word${i}`).join(' ')
  const { lines } = set(words)
  assert.equal(lines.length, 3)
  assert.match(lines.at(-1) ?? '', /^word\d+(?: word\d+)*…$/)
  assert.ok(words.startsWith(lines.join(' ').slice(0, -1)))
})

test('no line is wider than its room, even where a word is', () => {
  for (const text of ['x'.repeat(500), `a ${'long'.repeat(40)} b`, 'W '.repeat(300).trim(), '']) {
    const { size, lines } = set(text)
    for (const line of lines) assert.ok(face.width(line, size) <= room.width, line)
    assert.ok(lines.length <= 3)
  }
})
