import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type InviteForm, inviteWording, readInviteForm } from '../../app/invites/invite-form.ts'

const right = { email: 'Ann@Example.com', name: 'Ann', company: '', purpose: '', consent: 'yes' }

const wrongFields = (form: InviteForm): string[] => ('errors' in form ? Object.keys(form.errors) : [])
const requestOf = (body: object) => {
  const form = readInviteForm({ ...right, ...body })
  return 'request' in form ? form.request : assert.fail(JSON.stringify(form.errors))
}

test('a form with an address, a name and consent is a request; all texts are trimmed and composed', () => {
  assert.deepEqual(requestOf({ name: ' Zoe\u0308 ', company: ' A\u030A Ltd ' }), {
    email: 'ann@example.com',
    name: 'Zoë',
    company: 'Å Ltd',
    purpose: '',
  })
})

test('a purpose keeps its line breaks, in one form, and loses other control characters', () => {
  const { purpose } = requestOf({ purpose: ' One\r\ntwo\rthree\n\nfour\0\u001b[31m\u202eevif \n' })
  assert.equal(purpose, 'One\ntwo\nthree\n\nfour  [31mevif')
})

test('every wrong field is named with its own words', () => {
  const form = readInviteForm({
    email: 'no',
    name: ' ',
    company: 'x'.repeat(101),
    purpose: 'x'.repeat(1001),
  })
  assert.deepEqual('errors' in form && form.errors, inviteWording)
  assert.match(inviteWording.email, /before the @ have to be a to z/)
})

test('name and company are one line of at most 100 characters', () => {
  for (const field of ['name', 'company']) {
    requestOf({ [field]: 'x'.repeat(100) })
    for (const text of ['x'.repeat(101), 'a\r\nBcc: bob@example.com', 'a\nb', 'a\tb', 'a\0b', 'a\u2028b'])
      assert.deepEqual(wrongFields(readInviteForm({ ...right, [field]: text })), [field])
  }
})

test('marks that nobody sees are no part of what was typed, and joiners of letters are', () => {
  const pasted = {
    name: '\u202bמרים\u202c\u200f',
    company: '\ufeff\u2068Acme\u2069\u200b',
    purpose: 'a\u2067b',
  }
  const { name, company, purpose } = requestOf(pasted)
  assert.deepEqual({ name, company, purpose }, { name: 'מרים', company: 'Acme', purpose: 'ab' })
  assert.equal(requestOf({ name: 'علی\u200cرضا' }).name, 'علی\u200cرضا')
  assert.deepEqual(wrongFields(readInviteForm({ ...right, name: '\u200f\u200b' })), ['name'])
})

test('a purpose has at most 1000 characters, a line break counting as one', () => {
  requestOf({ purpose: `x${'\r\n'.repeat(998)}x` })
  assert.deepEqual(wrongFields(readInviteForm({ ...right, purpose: 'x'.repeat(1001) })), ['purpose'])
})

test('what was typed is kept as it was typed', () => {
  const typed = { email: ' no ', name: ' Ann ', company: '<b>', purpose: 'a\r\nb' }
  assert.deepEqual(readInviteForm(typed).fields, { ...typed, consent: false })
})

test('a body with lists, objects, nothing or names of the prototype is a form with empty fields', () => {
  const bodies: unknown[] = [
    undefined,
    null,
    {},
    [],
    'text',
    { email: ['a@example.com', 'b@example.com'], name: { toString: 'x' }, consent: ['yes'] },
    JSON.parse('{"__proto__": {"email": "a@example.com"}, "constructor": "x", "hasOwnProperty": "x"}'),
  ]
  for (const body of bodies)
    assert.deepEqual(
      wrongFields(readInviteForm(body)),
      ['email', 'name', 'consent'],
      String(JSON.stringify(body)),
    )
})
