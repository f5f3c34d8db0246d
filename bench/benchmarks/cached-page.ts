import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Answer, ask, browserHeaders, saveAnswer } from '../answer.ts'
import type { Benchmark, Effort, Row } from '../benchmark.ts'
import { benchDir, cacheFolder, pagePath, pagesFolder } from '../content.ts'
import { medianRatio } from '../median.ts'
import { type Running, startServer, startWebsite } from '../processes.ts'
import { startRedis } from '../redis.ts'
import { type Contender, inTurns, medians, rates } from '../rounds.ts'

const sessionCookie = { Cookie: `session=s%3A${'a1b2c3d4'.repeat(4)}.${'E5f6G7h8'.repeat(5)}` } as const
const mostAttempts = 50

/** What a hit costs, in the process and from rediscache, against the least that Node can do. */
export const cachedPage: Benchmark = {
  title: 'A cached page, compressed, 64 connections',
  async run(effort) {
    const running: { stop(): Promise<void> }[] = []
    const keep = <T extends { stop(): Promise<void> }>(started: T): T => {
      running.unshift(started)
      return started
    }
    try {
      const redis = keep(await startRedis())
      const site = { CONTENT_DIR: pagesFolder(), CACHE_DIR: cacheFolder('pages') }
      const silent = keep(await startWebsite(site))
      const logging = keep(await startWebsite({ ...site, LOG_LEVEL: 'info' }))
      const shared = keep(await startWebsite({ ...site, CACHE_URL: redis.url, PAGE_MEMORY_MB: '0' }))
      const answerFile = await saveHit(silent)
      const bare = keep(await startServer('bare', answerFile))
      const express = keep(await startServer('express-send', answerFile))
      await checkHit(shared, 'redis')
      return await measure({ bare, silent, logging, shared, express }, effort)
    } finally {
      for (const { stop } of running) await stop()
    }
  },
}

type Servers = Readonly<Record<'bare' | 'silent' | 'logging' | 'shared' | 'express', Running>>

async function measure({ bare, silent, logging, shared, express }: Servers, effort: Effort): Promise<Row[]> {
  const contenders: Contender[] = [
    contender('bare', 'bare node:http', bare),
    contender('memory', 'from memory, no log', silent),
    contender('sessionCookie', 'from memory, session cookie', silent, sessionCookie),
    contender('accessLog', 'from memory, access log', logging),
    contender('redis', 'from rediscache', shared),
    contender('express', 'plain Express, res.send', express),
  ]
  const loads = await inTurns(contenders, effort)
  const against = (number: number, reference: number, least?: number): Row => ({
    ...medians(contenders[number] as Contender, loads[number]),
    ratio: medianRatio(rates(loads[number]), rates(loads[reference])),
    reference: contenders[reference]?.name,
    ...(least !== undefined && { goal: { of: 'ratio', least } }),
  })
  return [
    against(0, 0),
    against(1, 0, 0.85),
    against(2, 1, 0.97),
    against(3, 0, 0.65),
    against(4, 0, 0.6),
    against(5, 0),
  ]
}

const contender = (key: string, name: string, { url }: Running, headers: Contender['headers'] = {}) => ({
  key,
  name,
  url: url + pagePath,
  headers: { ...browserHeaders, ...headers },
})

async function saveHit(website: Running): Promise<string> {
  const file = join(benchDir, 'answer.json')
  saveAnswer(file, await checkHit(website, 'memory'))
  return file
}

/** Asks until the page comes from that cache. */
async function checkHit({ url }: Running, from: string): Promise<Answer> {
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const answer = await ask(url + pagePath, browserHeaders)
    if (answer.headers[answer.headers.indexOf('X-Page-Cache') + 1] === from) return answer
    await wait(100)
  }
  throw new Error(`${url}${pagePath} does not come from ${from}`)
}
