import { createServer } from 'node:http'
import { openPageStore } from '../../app/cache/open-page-store.ts'
import { pageCache } from '../../app/cache/page-cache.ts'
import { readConfig } from '../../app/config/read.ts'
import { createLog } from '../../app/logging/log.ts'
import { contentPage } from '../../app/pages/content-page.ts'
import type { PageHandler } from '../../app/pages/page-plan.ts'
import { publicPages } from '../../app/pages/public-pages.ts'
import { openSite } from '../../app/pages/site.ts'

// Usage: node site-counting.ts PORT CONTENT_DIR CACHE_DIR CACHE_URL. One instance of the website that says at
// /renders how many pages it has rendered.
const [port, CONTENT_DIR = '', CACHE_DIR = '', CACHE_URL = ''] = process.argv.slice(2)
const config = readConfig({ NODE_ENV: 'test', CONTENT_DIR, CACHE_DIR, CACHE_URL })
const log = createLog(config)
const site = await openSite(config, log)
const cache = pageCache({ memoryMb: config.pageMemoryMb, store: await openPageStore(config.cacheUrl, log) })
cache.use(site.version)

let renders = 0
const counted: PageHandler = (...args) => {
  const plan = contentPage(...args)
  if (!plan) return undefined
  const render = (visitor?: object) => {
    renders++
    return plan.render(visitor)
  }
  return { ...plan, render }
}
const pages = publicPages({
  routes: [{ method: 'GET', path: '/*path', cache: 3600, page: counted }],
  cache,
  site: () => site,
  server: { instance: 'bench', release: 'bench' },
})

createServer(async (req, res) => {
  if (req.url === '/renders') return void res.end(String(renders))
  if (pages.answerAtOnce(req, res)) return
  if (!(await pages.answer(req, res))) res.writeHead(404).end()
}).listen(Number(port), '127.0.0.1')
