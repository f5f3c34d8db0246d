import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Compiled } from '../../../kit/compile/types.ts'
import { type Container, docker, MARK, startContainer } from '../../lab/docker.ts'

/** A network on which services find each other as in a Swarm, and what runs there. */
export interface Place {
  readonly network: string
  /** Runs a service as a container that is contained as the stack says. */
  run(compiled: Compiled, key: string, ports: readonly number[], image?: string): Promise<Container>
  /** Runs an image under a host name. */
  answer(alias: string, ...args: string[]): Promise<Container>
  end(): Promise<void>
}

const script = new URL('../../balancer/instance.ts', import.meta.url).pathname

export async function makePlace(): Promise<Place> {
  const network = `${MARK}-${randomUUID()}`
  const folder = mkdtempSync(join(tmpdir(), 'dogfood-service-'))
  const containers: Container[] = []
  await docker('network', 'create', '--label', `${MARK}=${process.pid}`, network)
  const start = async (options: Parameters<typeof startContainer>[0]) => {
    const container = await startContainer(options)
    containers.push(container)
    return container
  }
  return {
    network,
    run(compiled, key, ports, image) {
      const service = compiled.stack.services[key]
      if (service === undefined) throw new Error(`no service ${key}`)
      const files = (service.configs ?? []).flatMap(({ source, target }) => {
        const name = compiled.stack.configs[source]?.name ?? ''
        const path = join(folder, name)
        writeFileSync(path, compiled.configs.find((config) => config.name === name)?.content ?? '')
        return ['--volume', `${path}:${target}:ro`]
      })
      const folders = (service.volumes ?? []).flatMap(({ type, target }) =>
        type === 'tmpfs' ? ['--tmpfs', target] : [],
      )
      const env = Object.entries(service.environment ?? {}).flatMap(([name, value]) => [
        '--env',
        `${name}=${value}`,
      ])
      const contained = [
        '--init',
        '--read-only',
        '--cap-drop',
        'ALL',
        '--memory',
        '128m',
        '--pids-limit',
        '50',
      ]
      const options = ['--network', network, ...contained, ...files, ...folders, ...env]
      return start({ image: image ?? service.image, args: service.command ?? [], ports, options })
    },
    answer(alias, ...args) {
      const options = [
        '--network',
        network,
        '--network-alias',
        alias,
        '--init',
        '--volume',
        `${script}:/instance.ts:ro`,
      ]
      return start({ image: 'node:26.10.0-slim', args: ['node', '/instance.ts', ...args], options })
    },
    async end() {
      await Promise.all(containers.map((container) => container.remove()))
      await docker('network', 'rm', network)
      rmSync(folder, { recursive: true })
    },
  }
}
