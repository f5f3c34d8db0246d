import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { type InspectedObject, objectOf, type SwarmObject } from '../swarm/objects.ts'
import { type InspectedService, type SwarmService, serviceOf } from '../swarm/services.ts'
import { type InspectedTask, type Task, taskOf } from '../swarm/tasks.ts'

/**
 * What is asked of the swarm several times a second, over the socket of the engine: a docker command for each would cost
 * more than all the rest. https://docs.docker.com/reference/api/engine/
 */
export interface Engine {
  /** Configs with a label, `name=value`. */
  configs(label: string): Promise<SwarmObject[]>
  services(stack: string): Promise<SwarmService[]>
  /** Those that ended, too, as far as the swarm knows them. */
  tasks(service: string): Promise<Task[]>
}

const PATIENCE_MS = 3000
const STACK_LABEL = 'com.docker.stack.namespace'

/** An engine that is a manager, by its socket. Its questions throw an Error where it does not answer. */
export function engineAt(socket: string): Engine {
  const list = async <T>(kind: string, filters: Readonly<Record<string, readonly string[]>>) =>
    JSON.parse(await get(socket, `/${kind}?filters=${encodeURIComponent(JSON.stringify(filters))}`)) as T[]
  return {
    configs: async (label) => (await list<InspectedObject>('configs', { label: [label] })).map(objectOf),
    services: async (stack) =>
      (await list<InspectedService>('services', { label: [`${STACK_LABEL}=${stack}`] })).map(serviceOf),
    tasks: async (service) => (await list<InspectedTask>('tasks', { service: [service] })).map(taskOf),
  }
}

function get(socketPath: string, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, path, host: 'docker', timeout: PATIENCE_MS }, async (answer) => {
      const body = await text(answer).catch(() => '')
      if (answer.statusCode === 200) resolve(body)
      else reject(new Error(`the engine answers ${answer.statusCode}: ${body.trim()}`))
    })
    asked.once('timeout', () => asked.destroy(new Error(`no answer of the engine in ${PATIENCE_MS} ms`)))
    asked.once('error', reject)
    asked.end()
  })
}
