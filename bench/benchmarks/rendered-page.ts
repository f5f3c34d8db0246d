import { ask } from '../answer.ts'
import type { Benchmark } from '../benchmark.ts'
import { cacheFolder, pagePath, pagesFolder } from '../content.ts'
import { medianRatio } from '../median.ts'
import { startServer } from '../processes.ts'
import { inTurns, medians, rates } from '../rounds.ts'

const leastRatio = 3.5

/** What a page costs that is rendered for each request, its Markdown being parsed already. */
export const renderedPage: Benchmark = {
  title: 'A page rendered for each request, not compressed, 64 connections',
  async run(effort) {
    const folders = [pagesFolder(), cacheFolder('pages')]
    const express = await startServer('express-render', ...folders)
    const site = await startServer('site-render', ...folders)
    try {
      const contenders = [
        { name: 'plain Express, marked, nunjucks', url: express.url + pagePath },
        { name: 'the website, nothing kept', url: site.url + pagePath },
      ]
      for (const { url } of contenders) await ask(url)
      const [reference = [], measured = []] = await inTurns(contenders, effort)
      return [
        { ...medians(contenders[0]?.name ?? '', reference), ratio: 1 },
        {
          ...medians(contenders[1]?.name ?? '', measured),
          ratio: medianRatio(rates(measured), rates(reference)),
          goal: { of: 'ratio', least: leastRatio },
        },
      ]
    } finally {
      await express.stop()
      await site.stop()
    }
  },
}
