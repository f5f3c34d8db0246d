import { ask, browserHeaders } from '../answer.ts'
import type { Benchmark } from '../benchmark.ts'
import { cacheFolder, largePages, largePath, pagesFolder } from '../content.ts'
import { type Running, startServer } from '../processes.ts'
import { startRedis } from '../redis.ts'

const instanceCount = 3
const visitors = 200

/** Whether a page that everybody wants at once is rendered by one instance only. */
export const oneRender: Benchmark = {
  title: `${visitors} requests at once for one page that is nowhere cached, ${instanceCount} instances, one Redis`,
  async run({ rounds }) {
    const redis = await startRedis()
    const instances: Running[] = []
    try {
      const args = [pagesFolder(), cacheFolder('pages'), redis.url]
      while (instances.length < instanceCount) instances.push(await startServer('site-counting', ...args))
      const renders: number[] = []
      for (let round = 0; round < Math.min(rounds, largePages); round++) {
        renders.push(await rendersOf(instances, largePath(round + 1)))
      }
      const value = Math.max(...renders)
      return [
        {
          key: 'most',
          name: 'most of any round',
          value,
          unit: 'renders',
          facts: { requests: visitors, instances: instanceCount },
          goal: { of: 'value', most: 1 },
        },
      ]
    } finally {
      for (const { stop } of instances) await stop()
      await redis.stop()
    }
  },
}

/** How often a page is rendered that all visitors ask for at the same moment. */
async function rendersOf(instances: readonly Running[], path: string): Promise<number> {
  const before = await rendersSoFar(instances)
  const urls = Array.from({ length: visitors }, (_, visitor) => instances[visitor % instances.length]?.url)
  await Promise.all(urls.map((url) => ask(url + path, browserHeaders)))
  return (await rendersSoFar(instances)) - before
}

async function rendersSoFar(instances: readonly Running[]): Promise<number> {
  const counts = await Promise.all(instances.map(({ url }) => ask(`${url}/renders`)))
  return counts.reduce((sum, { body }) => sum + Number(body), 0)
}
