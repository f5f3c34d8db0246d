import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runPrivacy } from './run-privacy.ts'

test('where the queue is in memory, the command says that nothing can be done from another process', async () => {
  for (const command of ['export', 'forget']) {
    const { status, stdout, stderr } = await runPrivacy({}, command, 'ann@example.com', ...yes(command))
    assert.deepEqual([status, stdout], [1, ''])
    assert.match(stderr, /QUEUE_URL is memory: .* Restart it to forget everybody/)
  }
})

const yes = (command: string) => (command === 'forget' ? ['--yes'] : [])

test('a command that is none is answered with the usage, an address that is none with what is wrong', async () => {
  for (const words of [
    [],
    ['export'],
    ['forget', 'a@b.example', 'c@d.example'],
    ['show', 'a@b.example'],
    ['--no'],
  ]) {
    const { status, stderr } = await runPrivacy({}, ...words)
    assert.equal(status, 2)
    assert.match(stderr, /^Usage: npm run privacy/)
  }
  const { status, stderr } = await runPrivacy({}, 'export', 'ann at example')
  assert.equal(status, 1)
  assert.match(stderr, /"ann at example" is no e-mail address/)
})

test('a queue that does not answer is said, and nothing is printed as if it were all', async () => {
  const away = { QUEUE_URL: 'redis://127.0.0.1:1' }
  const exported = await runPrivacy(away, 'export', 'ann@example.com')
  assert.deepEqual([exported.status, exported.stdout], [1, ''])
  assert.match(exported.stderr, /a part cannot be read/)
  const forgotten = await runPrivacy(away, 'forget', 'ann@example.com', '--yes')
  assert.equal(forgotten.status, 1)
  assert.match(forgotten.stdout, /queue: NOT DONE: .*\ninvites: NOT DONE: /)
  assert.match(forgotten.stdout, /CRM: NOT DONE: not asked/)
})
