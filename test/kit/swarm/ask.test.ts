import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CommandError } from '../../../kit/docker.ts'
import { inEnvironment } from '../../../kit/environment.ts'
import { isMissing, isTaken } from '../../../kit/swarm/ask.ts'
import { readObject } from '../../../kit/swarm/objects.ts'
import { fails } from './in-turn.ts'
import { recordedSwarm } from './recorded-swarm.ts'

const failed = (line: string): CommandError => new CommandError('docker', [], 'exit 1', [line])

test('what is not there is told from an engine that is not reached', () => {
  for (const line of [
    'Error response from daemon: config app_lock not found',
    'Error: no such service: app_web',
    'nothing found in stack: app',
  ])
    assert.equal(isMissing(failed(line)), true, line)
  for (const line of [
    'error during connect: Get "http://manager:2375/v1.45/info": dial tcp: lookup manager: no such host',
    'error during connect: exec: "ssh": executable file not found in $PATH',
    'Cannot connect to the Docker daemon at unix:///run/docker.sock: no such file or directory.',
    'rpc error: code = Unknown desc = The swarm does not have a leader.',
  ])
    assert.equal(isMissing(failed(line)), false, line)
  assert.equal(isMissing(new Error('not found')), false)
})

test('a name that something has already is told from other errors', () => {
  assert.equal(isTaken(failed('rpc error: code = AlreadyExists desc = config a already exists')), true)
  assert.equal(isTaken(failed('rpc error: code = Unavailable desc = connection closed')), false)
})

test('an object is read by its name, and one that there is not is none', async (t) => {
  const there = {
    ID: 'a1',
    CreatedAt: '',
    Spec: { Name: 'a', Data: Buffer.from('content').toString('base64') },
  }
  const { env } = recordedSwarm(
    t,
    `'config inspect a') echo '${JSON.stringify([there])}' ;;
     'config inspect b') ${fails('Error response from daemon: config b not found')} ;;
     'config inspect c') ${fails('error during connect: no such host')} ;;`,
  )
  await inEnvironment(env, async () => {
    assert.deepEqual(await readObject('config', 'a'), {
      ...{ id: 'a1', name: 'a', labels: {}, createdAt: '', content: 'content' },
    })
    assert.equal(await readObject('config', 'b'), undefined)
    await assert.rejects(readObject('config', 'c'), CommandError)
  })
})
