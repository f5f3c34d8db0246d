import assert from 'node:assert/strict'
import { test } from 'node:test'
import { greetingName } from '../../app/mail/greeting-name.ts'

test('a name of any script is a name', () => {
  for (const name of [
    'Ada',
    'Ada Lovelace',
    'Ada M. King',
    "Sinéad O'Connor",
    'Jean-Luc d’Arc',
    'Łukasz Żółć',
    'Nguyễn Thị Minh Khai',
    '山田 太郎',
    'محمد علي',
    'अनुष्का शर्मा',
  ]) {
    assert.equal(greetingName(name), name.normalize('NFC'), name)
  }
})

test('white space around and in a name is made one space', () => {
  assert.equal(greetingName('  Ada \t\r\n Lovelace '), 'Ada Lovelace')
})

test('nothing that could be a message from a stranger is a name', () => {
  for (const name of [
    'example.com',
    'Win at example.com',
    'https://example.com/',
    'www.example.com Ada',
    'Ada <b>Lovelace</b>',
    'ada@example.com',
    'Call 0123456789',
    'Ada 💰',
    'Ada!',
    'example。com',
    'example․com',
    'Ada\u202emoc.elpmaxe',
    'Ada\u200bLovelace',
    '{{ mail.link }}',
    'Buy the best pills now and save a lot',
    'A'.repeat(41),
    '. . .',
    '',
  ]) {
    assert.equal(greetingName(name), '', name)
  }
})
