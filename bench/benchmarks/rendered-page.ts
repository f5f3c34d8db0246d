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
      const plain = { key: 'express', name: 'plain Express, marked, nunjucks', url: express.url + pagePath }
      const own = { key: 'website', name: 'the website, nothing kept', url: site.url + pagePath }
      for (const { url } of [plain, own]) await ask(url)
      const [reference = [], measured = []] = await inTurns([plain, own], effort)
      return [
        { ...medians(plain, reference), ratio: 1 },
        {
          ...medians(own, measured),
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
