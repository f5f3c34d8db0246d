import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type InspectedNetwork, networkOf } from '../../../kit/swarm/networks.ts'
import { type InspectedNode, nodeOf } from '../../../kit/swarm/nodes.ts'
import { type InspectedObject, objectOf } from '../../../kit/swarm/objects.ts'
import { type InspectedService, serviceOf } from '../../../kit/swarm/services.ts'
import { type InspectedTask, type ListedTask, taskOf } from '../../../kit/swarm/tasks.ts'

/** What an engine 26 printed of a swarm of three nodes, with components that run, start and fail. */
export const recorded = (name: string): string =>
  readFileSync(join(import.meta.dirname, 'recorded', `${name}.txt`), 'utf8')

const read = <T>(name: string): T[] => JSON.parse(recorded(name)) as T[]

export const services = read<InspectedService>('service-inspect').map(serviceOf)
export const tasks = read<InspectedTask>('task-inspect').map(taskOf)
export const nodes = read<InspectedNode>('node-inspect').map(nodeOf)
export const configs = read<InspectedObject>('config-inspect').map(objectOf)
export const secrets = read<InspectedObject>('secret-inspect').map(objectOf)
export const networks = read<InspectedNetwork>('network-inspect').map(networkOf)
export const listed = recorded('stack-ps')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as ListedTask)

/** When it was recorded. */
export const recordedAt = new Date('2026-11-21T18:33:05Z')

export function serviceNamed(name: string) {
  const service = services.find((one) => one.name === `dogfood-production_${name}`)
  if (service === undefined) throw new Error(`no service ${name} was recorded`)
  return service
}
