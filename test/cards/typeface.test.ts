import assert from 'node:assert/strict'
import { test } from 'node:test'
import { typeface } from '../../app/cards/typeface.ts'

const besley = typeface('besley')

test('letters of both font files are set in one line, each further right than the one before', () => {
  const starts = [...besley.path('aža', 100, 50, 40).matchAll(/M([\d.]+) /g)].map(([, x]) => Number(x))
  assert.ok(starts.length >= 3)
  assert.ok(Math.min(...starts) >= 100 && Math.max(...starts) <= 100 + besley.width('aža', 40))
})

test('letters are set with their kerning', () => {
  assert.ok(besley.width('AV', 100) < besley.width('A', 100) + besley.width('V', 100))
})

test('characters that the fonts lack are left out', () => {
  assert.equal(besley.settable('  Woof 🐶\n\tand\u0001 漢字 more '), 'Woof and more')
  assert.equal(besley.path('🐶漢', 0, 0, 40), '')
})

test('of a text in another script nothing is left rather than a few characters', () => {
  assert.equal(besley.settable('日本語のタイトル v2'), '')
})
