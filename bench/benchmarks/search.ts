import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { ask, browserHeaders } from '../answer.ts'
import type { Benchmark, Row } from '../benchmark.ts'
import { cacheFolder, searchPostsFolder } from '../content.ts'
import { median } from '../median.ts'
import { type Running, startWebsite } from '../processes.ts'
import { numbersFrom, someWord } from '../search-posts.ts'

const posts = 10_000
const mostMegabytes = 100
const mostMilliseconds = 10
const queriesPerRound = 60
const settlingMilliseconds = 2500
const longestBuild = 300_000

// What somebody might send to make the search work hard.
const hostile = [
  'a'.repeat(10_000),
  `${'(a+)+'.repeat(1000)}$`,
  Array.from({ length: 1500 }, (_, number) => `ba${number}`).join(' '),
  '\0\x07\u202e\u0301'.repeat(400),
  'ba be bi bo bu ce da di fo ga',
  'bacedifoguha cedifoguhaji difoguhajiko foguhajikolu guhajikolume',
  '__proto__ constructor toString',
]

interface Measured {
  /** Megabytes. */
  readonly memory: number[]
  /** Milliseconds. */
  readonly usual: number[]
  readonly hostile: number[]
}

/** What the search index of a large blog takes, and how soon results are there. */
export const search: Benchmark = {
  title: `Search in ${posts.toLocaleString('en')} posts of 400 words, a different query each time`,
  async run({ rounds }) {
    const settings = { CONTENT_DIR: searchPostsFolder(posts), CACHE_DIR: cacheFolder(`search-${posts}`) }
    await withWebsite(settings, ({ url }) => untilIndexed(url))
    const measured: Measured = { memory: [], usual: [], hostile: [] }
    for (let round = 0; round < rounds; round++) {
      await withWebsite(settings, (website) => measure(website, round, measured))
    }
    return rowsOf(measured)
  },
  how: ({ rounds }) =>
    `${rounds} starts with a saved index; ${queriesPerRound} queries each, one after the other, over HTTP.`,
}

async function withWebsite(
  settings: Readonly<Record<string, string>>,
  use: (website: Running) => Promise<void>,
): Promise<void> {
  const website = await startWebsite(settings)
  try {
    await use(website)
  } finally {
    await website.stop()
  }
}

/** The first search of all makes the index, and that of each start loads it: visitors are asked to wait. */
async function untilIndexed(url: string): Promise<void> {
  for (const end = performance.now() + longestBuild; performance.now() < end; await wait(500)) {
    const isReady = await ask(`${url}/search.json?q=ready`).then(
      () => true,
      () => false,
    )
    if (isReady) return
  }
  throw new Error(`there is no search index after ${longestBuild / 1000} s`)
}

async function measure({ url, pid }: Running, round: number, measured: Measured): Promise<void> {
  await ask(`${url}/`, browserHeaders)
  await wait(settlingMilliseconds)
  const before = residentMegabytes(pid)
  await untilIndexed(url)
  const next = numbersFrom(round)
  for (let number = 0; number < queriesPerRound; number++) {
    measured.usual.push(await timed(addressOf(url, queryOf(number, next))))
  }
  for (const query of hostile) measured.hostile.push(await timed(addressOf(url, query)))
  measured.memory.push(residentMegabytes(pid) - before)
}

const addressOf = (url: string, query: string): string =>
  `${url}/search?q=${encodeURIComponent(query).slice(0, 12_000).replace(/%\w?$/, '')}`

/** One to three words, every third with a letter too few, every fourth not yet typed to its end. */
function queryOf(number: number, next: () => number): string {
  const words = Array.from({ length: 1 + (number % 3) }, () => someWord(next))
  const query = words.join(' ')
  if (number % 3 === 2 && query.length > 4) return query.slice(0, 2) + query.slice(3)
  return number % 4 === 3 ? query.slice(0, -2) : query
}

async function timed(address: string): Promise<number> {
  const start = performance.now()
  await ask(address, browserHeaders)
  return performance.now() - start
}

function rowsOf({ memory, usual, hostile: slow }: Measured): Row[] {
  return [
    {
      key: 'memory',
      name: 'memory that the index adds',
      unit: 'MB',
      value: median(memory),
      goal: { of: 'value', most: mostMegabytes },
    },
    {
      key: 'usual',
      name: 'page of results',
      unit: 'ms',
      value: median(usual),
      p50: median(usual),
      p99: percentile(usual, 0.99),
      goal: { of: 'value', most: mostMilliseconds },
    },
    {
      key: 'hostile',
      name: 'page of results, hostile query',
      unit: 'ms',
      value: median(slow),
      p50: median(slow),
      p99: percentile(slow, 0.99),
    },
  ]
}

const percentile = (numbers: readonly number[], part: number): number =>
  [...numbers].sort((a, b) => a - b)[Math.ceil(numbers.length * part) - 1] ?? Number.NaN

// Linux only, like the website's containers.
function residentMegabytes(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) / 1024
}
