import { setTimeout as wait } from 'node:timers/promises'
import { docker } from '../../test/lab/docker.ts'
import { type ProductionStack, productionUp } from '../../test/production/stack.ts'
import type { Benchmark, Row } from '../benchmark.ts'
import { needDocker } from '../drills/need-docker.ts'
import { megabytesIn } from '../front/memory.ts'

const restSeconds = 60
const mostMegabytes = 400

/** What the production stack keeps in memory while nobody visits it. */
export const stackAtRest: Benchmark = {
  title: 'Memory of docker-compose.prod.yml at rest, by service',
  how: () =>
    `${restSeconds} s after every health check passed, before any visit; memory as docker stats counts it: that of the container's control group, without file pages that the kernel would give back at once.`,
  versions: async () => ({ docker: await docker('version', '--format', '{{.Server.Version}}') }),
  async run() {
    await needDocker()
    const stack = await productionUp({ settings: { COMPOSE_PROFILES: '' } })
    try {
      await wait(restSeconds * 1000)
      return rowsOf(await megabytesByService(stack))
    } finally {
      await stack.down()
    }
  },
}

async function megabytesByService(stack: ProductionStack): Promise<Map<string, number[]>> {
  const format = '{{.Label "com.docker.compose.service"}} {{.ID}}'
  const project = `label=com.docker.compose.project=${stack.project}`
  const lines = (await docker('ps', '--filter', project, '--format', format)).split('\n').sort()
  const services = new Map<string, number[]>()
  for (const line of lines) {
    const [service = '', id = ''] = line.split(' ')
    const usage = await docker('stats', '--no-stream', '--format', '{{.MemUsage}}', id)
    services.set(service, [...(services.get(service) ?? []), megabytesIn(usage)])
  }
  return services
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

function rowsOf(services: ReadonlyMap<string, readonly number[]>): Row[] {
  const rows = [...services].map(
    ([service, megabytes]): Row => ({
      key: service,
      name: service,
      value: sum(megabytes),
      unit: 'MB',
      facts: { containers: megabytes.length },
    }),
  )
  const all = [...services.values()].flat()
  return [
    ...rows,
    {
      key: 'all',
      name: 'all together',
      value: sum(all),
      unit: 'MB',
      facts: { containers: all.length },
      goal: { of: 'value', most: mostMegabytes },
    },
  ]
}
