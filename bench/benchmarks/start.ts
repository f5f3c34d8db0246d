import { join } from 'node:path'
import type { Benchmark, Row } from '../benchmark.ts'
import { cacheFolder, postsFolder } from '../content.ts'
import { median, medianRatio } from '../median.ts'
import { websiteSettings } from '../processes.ts'
import { type Start, timeStart } from '../start-time.ts'

interface Size {
  readonly posts: number
  readonly until: 'listening' | 'firstPage'
  readonly mostRatio: number
  readonly mostMegabytes: number
}

interface Measured {
  readonly size: Size
  readonly starts: readonly Start[]
  /** Megabytes. */
  readonly memory: readonly number[]
}

const sizes: readonly Size[] = [
  { posts: 1_000, until: 'firstPage', mostRatio: 5, mostMegabytes: 120 },
  { posts: 10_000, until: 'firstPage', mostRatio: 6, mostMegabytes: 180 },
  { posts: 100_000, until: 'listening', mostRatio: 10, mostMegabytes: 300 },
]

// A start is short: more of them cost little and say more.
const startsPerRound = 2

// The website loads what private pages need a second after its start; that counts as its memory too.
const settlingMilliseconds = 2500
const memoryStarts = 3

/** How soon the website is there after a restart, with everything that an earlier start has saved. */
export const start: Benchmark = {
  title: 'From process start to the first page (100,000 posts: to listening), second start',
  async run({ rounds }) {
    const bare: Start[] = []
    const sites = sizes.map((size) => ({
      size,
      settings: settingsFor(size.posts),
      starts: [] as Start[],
      memory: [] as number[],
    }))
    for (const { settings } of sites) await timeStart('app/server.ts', settings)
    for (let count = 0; count < rounds * startsPerRound; count++) {
      bare.push(await timeStart('bench/servers/bare-start.js', {}))
      for (const { settings, starts } of sites) starts.push(await timeStart('app/server.ts', settings))
    }
    for (const { settings, memory } of sites) {
      while (memory.length < memoryStarts) {
        memory.push((await timeStart('app/server.ts', settings, settlingMilliseconds)).memory)
      }
    }
    return [
      {
        key: 'bare',
        name: 'bare node:http, first answer',
        unit: 'ms',
        value: median(times(bare, 'firstPage')),
        ratio: 1,
      },
      ...sites.flatMap((site) => rowsOf(site, bare)),
    ]
  },
}

function settingsFor(posts: number) {
  const cacheDir = cacheFolder(`posts-${posts}`)
  return websiteSettings({
    PORT: '0',
    CONTENT_DIR: postsFolder(posts),
    CACHE_DIR: cacheDir,
    NODE_COMPILE_CACHE: join(cacheDir, 'compile'),
  })
}

function rowsOf({ size, starts, memory }: Measured, bare: readonly Start[]): Row[] {
  const { posts, until, mostRatio, mostMegabytes } = size
  const name = `${posts.toLocaleString('en')} posts`
  const key = `posts${posts}`
  return [
    {
      key,
      name: `${name}, ${until === 'firstPage' ? 'first page' : 'content ready'}`,
      unit: 'ms',
      value: median(times(starts, until)),
      ratio: medianRatio(times(starts, until), times(bare, 'firstPage')),
      goal: { of: 'ratio', most: mostRatio },
    },
    {
      key,
      name: `${name}, memory`,
      unit: 'MB',
      value: median(memory),
      goal: { of: 'value', most: mostMegabytes },
    },
  ]
}

const times = (starts: readonly Start[], until: Size['until']): number[] =>
  starts.map((start) => start[until])
