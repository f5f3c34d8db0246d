import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chooseInstance } from '../../../kit/exec/choose-instance.ts'
import { hostOf } from '../../../kit/exec/node-hosts.ts'
import { Failure } from '../../../kit/failure.ts'
import { execInside } from '../../../kit/swarm/commands.ts'
import type { SwarmNode } from '../../../kit/swarm/nodes.ts'
import { nodes, serviceNamed, tasks } from '../swarm/recorded.ts'

const node = nodes[1] as SwarmNode

for (const [hosts, host] of [
  [undefined, undefined],
  ['', undefined],
  ['ssh://ops@{hostname}', 'ssh://ops@node2'],
  ['ssh://{address}:2222', 'ssh://10.77.42.12:2222'],
  ['node1=ssh://a, node2=ssh://b', 'ssh://b'],
  ['node2=ssh://b,ssh://ops@{hostname}', 'ssh://b'],
  ['node1=ssh://a', undefined],
] as const) {
  test(`with SWARM_NODE_HOSTS=${hosts} node2 is reached at ${host}`, () => {
    assert.equal(hostOf(node, hosts), host)
  })
}

test('the first instance that runs is chosen, or the one with the number', () => {
  const webapp = serviceNamed('site-webapp')
  assert.equal(chooseInstance(webapp, tasks, undefined).slot, 1)
  assert.equal(chooseInstance(webapp, tasks, '3').slot, 3)
  assert.ok(chooseInstance(serviceNamed('site-nginx'), tasks, '2').container)
})

test('an instance that there is not is told with those that there are', () => {
  const fails = (todo: RegExp) => (error: unknown) => error instanceof Failure && todo.test(error.todo)
  assert.throws(() => chooseInstance(serviceNamed('site-webapp'), tasks, '9'), fails(/1, 2, 3/))
  assert.throws(
    () => chooseInstance(serviceNamed('stores-redisqueue'), tasks, undefined),
    fails(/swarm status/),
  )
})

test('a command is given a terminal only where there is one', () => {
  const args = (tty: boolean) => execInside('abc', ['ls', '-l'], { tty, user: 'root' }).args.join(' ')
  assert.equal(args(false), 'exec --interactive --user root abc ls -l')
  assert.equal(args(true), 'exec --interactive --tty --user root abc ls -l')
})
