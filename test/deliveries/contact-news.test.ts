import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contactProperties, propertiesOf } from '../../app/crm/contact-properties.ts'
import { inviteId } from '../../app/invites/invite.ts'
import { inTurn, inviteTask, requestTask, working } from './working.ts'

const invitedInCrm = { kind: 'invited in the CRM', id: 'hook', crmId: '7' } as const

/** A contact as HubSpot has it. */
const contactOf = (email: string, more: Record<string, string> = {}) =>
  contactProperties.parse({ email, invite_status: 'invited', ...more })

test('of somebody invited in the CRM nothing goes back there but what became of it', async (t) => {
  const at = working(t)
  const email = 'ludwig@example.com'
  const names = { firstname: 'Ludwig', lastname: 'van Beethoven', company: 'Nine' }
  at.outside.contacts.set('7', contactOf(email, names))
  const inviteOf = { inviteId: inviteId(email), workspace: 'symphony' }
  await inTurn(at, invitedInCrm, { kind: 'signed up', id: 'made', ...inviteOf })
  assert.deepEqual(at.outside.told.map(propertiesOf), [
    { email, invite_status: 'invited' },
    { email, invite_status: 'signed up' },
  ])
  assert.equal((await at.invites.find(inviteOf.inviteId))?.name, 'Ludwig van Beethoven')
})

test('once the CRM has what was typed, it hears of it no more, whatever sales wrote there since', async (t) => {
  const at = working(t)
  const typed = (company: string, second: number) =>
    requestTask({ company, at: new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString() })
  await inTurn(at, typed('Engines', 0), inviteTask(), typed('Looms', 1), typed('', 2))
  const [request, ...later] = at.outside.told.map(propertiesOf)
  const email = request?.email
  assert.deepEqual([request?.lastname, request?.company], ['Lovelace', 'Engines'])
  assert.deepEqual(later, [
    { email, invite_status: 'invited' },
    { email, invite_status: 'invited', company: 'Looms' },
    { email, invite_status: 'invited' },
  ])
})

for (const [title, name, kept] of [
  ['without a name', '', 'nobody.of.note'],
  ['with an endless name', '𝒜'.repeat(300), '𝒜'.repeat(100)],
] as const) {
  test(`somebody invited in the CRM ${title} has one that an account can be made with`, async (t) => {
    const at = working(t)
    const email = 'nobody.of.note@example.com'
    at.outside.contacts.set('7', contactOf(email, { firstname: name }))
    await inTurn(at, invitedInCrm)
    const invite = await at.invites.find(inviteId(email))
    assert.deepEqual([invite?.state, invite?.name], ['invited', kept])
    assert.deepEqual(at.outside.told, [{ email, status: 'invited' }])
  })
}
