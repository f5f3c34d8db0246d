import assert from 'node:assert/strict'
import { test } from 'node:test'
import { passwordFault, passwordWording, typedPassword } from '../../app/signup/password.ts'

const known = [
  'ada.lovelace@example.com',
  'ada.lovelace',
  'Ada Lovelace',
  'analytical-engine',
  'Dogfood Inc.',
]

test('a password is long enough by the characters that people count', async () => {
  assert.equal(await passwordFault('', known), passwordWording.missing)
  assert.equal(await passwordFault('kq7xw2mzp', known), passwordWording.short)
  assert.equal(await passwordFault('🐎🐄🐑🐖🐓', known), passwordWording.short)
  assert.equal(await passwordFault('🐎🐄🐑🐖🐓🐕🐈🐇🐢🐝', known), undefined)
  assert.equal(await passwordFault('kq7xw2mzp '.repeat(20), known), undefined)
  assert.equal(await passwordFault(`${'kq7xw2mzp '.repeat(20)}x`, known), passwordWording.long)
})

test('no kind of character is asked for', async () => {
  for (const password of ['three white horses', 'pferdeapfelkuchen', '8305517264990', '....,,,;;;:::'])
    assert.equal(await passwordFault(password, known), undefined, password)
})

test('what many people use is refused, in any case and with digits around it', async () => {
  for (const password of [
    ...['1234567890', 'qwertyuiop', 'QWERTYUIOP', 'Password123!', '123password', '!!Sunshine2024'],
    ...['aaaaaaaaaaaa', 'ababababababab'],
  ])
    assert.equal(await passwordFault(password, known), passwordWording.common, password)
})

test('what anybody knows of the visitor is refused, alone or with digits around it', async () => {
  for (const password of [...known, 'ADA.LOVELACE', 'ada.lovelace1815', 'analytical-engine!'])
    assert.equal(await passwordFault(password, known), passwordWording.known, password)
  assert.equal(await passwordFault('ada.lovelace rides three horses', known), undefined)
})

test('the same password typed on another device is the same text', () => {
  assert.equal(typedPassword('cafe\u0301 \ufb01nder'), typedPassword('caf\u00e9 finder'))
})
