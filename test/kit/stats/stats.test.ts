import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bytes, sayBytes, statsOf } from '../../../kit/stats/parse-stats.ts'
import type { SwarmNode } from '../../../kit/swarm/nodes.ts'
import { nodes, recorded, serviceNamed, services } from '../swarm/recorded.ts'

const node = nodes[0] as SwarmNode

test('what an engine says of its containers is told of instances', () => {
  const output = `${recorded('stats')}not JSON\n${JSON.stringify({ Name: 'another.1.abc', MemUsage: '1B / 2B' })}`
  const found = statsOf({ node, output }, services)
  assert.deepEqual(
    found.map(({ component, instance, node: name }) => [component, instance, name]),
    [
      ['site/webapp', 3, 'node1'],
      ['site/nginx', 0, 'node1'],
      ['site/webapp (balancer)', 0, 'node1'],
    ],
  )
  const [webapp] = found
  assert.deepEqual(
    [webapp?.cpuPercent, webapp?.memoryBytes, webapp?.processes, webapp?.network],
    [1.91, 1_085_276, 3, '726B / 0B'],
  )
})

test('instances of a canary are told from those of the version that all have', () => {
  const service = serviceNamed('site-webapp')
  const named = (kind: string) =>
    statsOf({ node, output: recorded('stats') }, [{ ...service, kind }]).map(({ component }) => component)
  assert.deepEqual(['component', 'canary'].flatMap(named), ['site/webapp', 'site/webapp (canary)'])
})

test('amounts are read as Docker writes them, and told as people read them', () => {
  assert.deepEqual(['0B', '532KiB', '1.5GiB', '2kB'].map(bytes), [0, 544_768, 1_610_612_736, 2000])
  assert.deepEqual([12, 544_768, 1_610_612_736].map(sayBytes), ['12 B', '532.0 KiB', '1.5 GiB'])
})
