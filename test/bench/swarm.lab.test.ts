import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onSwarm } from '../../bench/drills/swarm.ts'
import { docker } from '../lab/docker.ts'

const leftovers = async () => ({
  swarm: await docker('info', '--format', '{{.Swarm.LocalNodeState}}'),
  networks: await docker('network', 'ls', '--quiet', '--filter', 'scope=swarm'),
  containers: await docker('ps', '--all', '--quiet', '--filter', 'label=com.docker.swarm.task.id'),
})

test('a drill that fails leaves no Swarm, network or container behind', async () => {
  const failure = new Error('the drill failed')
  const drill = onSwarm(async (network) => {
    const place = ['--network', network, '--endpoint-mode', 'dnsrr', '--no-resolve-image']
    await docker('service', 'create', '--quiet', '--name', 'redis', ...place, 'redis:8.10.1')
    const running = await leftovers()
    assert.equal(running.swarm, 'active')
    assert.notEqual(running.containers, '')
    throw failure
  })
  await assert.rejects(drill, failure)
  assert.deepEqual(await leftovers(), { swarm: 'inactive', networks: '', containers: '' })
})
