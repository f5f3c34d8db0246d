import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SiteError } from '../../app/errors.ts'
import { invitedTasks } from '../../app/hooks/crm-events.ts'
import { invitedEvent } from './signed.ts'

const readTasks = (...events: readonly unknown[]) => invitedTasks(Buffer.from(JSON.stringify(events)))
const tasksOf = (...events: readonly unknown[]) => readTasks(...events).tasks

test('a contact that was invited in the CRM is a task with the id of the contact', () => {
  const [task, ...others] = tasksOf(invitedEvent)
  assert.equal(others.length, 0)
  assert.ok(task?.kind === 'invited in the CRM')
  assert.equal(task.crmId, '65059681032')
  assert.match(task.id, /^[\w-]+$/)
})

test('the newer form of the event says the same', () => {
  const event = { ...invitedEvent, subscriptionType: 'object.propertyChange', objectTypeId: '0-1' }
  assert.deepEqual(tasksOf(event), tasksOf(invitedEvent))
})

test('an event that is sent again is the same task, and another is another', () => {
  const [first] = tasksOf(invitedEvent)
  assert.equal(tasksOf({ ...invitedEvent, attemptNumber: 3 })[0]?.id, first?.id)
  for (const change of [{ eventId: 1 }, { subscriptionId: 1 }, { objectId: 1 }, { occurredAt: 1 }]) {
    assert.notEqual(tasksOf({ ...invitedEvent, ...change })[0]?.id, first?.id, JSON.stringify(change))
  }
})

test('other changes and other kinds of events ask for nothing, and keep no invite from being taken', () => {
  const others = [
    { ...invitedEvent, propertyName: 'lifecyclestage' },
    { ...invitedEvent, propertyValue: 'requested' },
    { ...invitedEvent, propertyValue: undefined },
    { ...invitedEvent, subscriptionType: 'object.propertyChange', objectTypeId: '0-2' },
    { ...invitedEvent, subscriptionType: 'object.propertyChange' },
    { ...invitedEvent, subscriptionType: 'company.propertyChange' },
    { subscriptionType: 'contact.privacyDeletion', objectId: 'of another form' },
    { subscriptionType: 'conversation.newMessage', messageId: 'a' },
  ]
  assert.deepEqual(tasksOf(...others), [])
  assert.equal(tasksOf(...others, invitedEvent).length, 1)
  assert.deepEqual(tasksOf(), [])
})

test('a body that holds no events is refused', () => {
  for (const body of [
    '',
    'null',
    '{}',
    '"x"',
    '[1]',
    '[{}]',
    '[{"subscriptionType":1}]',
    '[',
    'a=b',
    '\u0000',
  ]) {
    assert.throws(() => invitedTasks(Buffer.from(body)), isBadRequest, body)
  }
})

test('an event of another form keeps no invite from being taken, and is told of', () => {
  for (const broken of [{ ...invitedEvent, occurredAt: undefined }, {}, 1, null]) {
    const { tasks, unread } = readTasks(broken, invitedEvent, broken)
    assert.deepEqual([tasks, unread.length], [tasksOf(invitedEvent), 2])
    assert.match(unread[0] ?? '', /^an event of another form: /)
  }
})

test('an invite without what names it is refused', () => {
  for (const change of [{ objectId: undefined }, { objectId: 'x' }, { objectId: 1.5 }, { eventId: null }]) {
    assert.throws(() => tasksOf({ ...invitedEvent, ...change }), isBadRequest, JSON.stringify(change))
  }
})

const isBadRequest = (error: unknown): boolean => error instanceof SiteError && error.code === 'badRequest'
