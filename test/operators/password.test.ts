import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashPassword, isPassword } from '../../app/operators/password.ts'

const cheap = { N: 2 ** 10, r: 8, p: 1 }

test('a password is known by its hash, whose salt is new each time', async () => {
  const [one, two] = [await hashPassword('pass word', cheap), await hashPassword('pass word', cheap)]
  assert.notEqual(one, two)
  for (const hash of [one, two]) {
    assert.equal(await isPassword('pass word', hash), true)
    assert.equal(await isPassword('pass Word', hash), false)
    assert.equal(await isPassword('', hash), false)
  }
})

test('a hash says what it cost, and new ones cost 128 MiB', async () => {
  assert.match(await hashPassword('pass word'), /^scrypt\$131072\$8\$1\$[\w-]{22}\$[\w-]{43}$/)
  assert.match(await hashPassword('pass word', cheap), /^scrypt\$1024\$8\$1\$/)
})

test('a password is the same in whichever of the two ways its letters are written', async () => {
  const hash = await hashPassword('caf\u00e9', cheap)
  assert.equal(await isPassword('cafe\u0301', hash), true)
})
