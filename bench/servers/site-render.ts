import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { PageCache } from '../../app/cache/page-cache.ts'
import { readConfig } from '../../app/config/read.ts'
import { createLog } from '../../app/logging/log.ts'
import { contentPage } from '../../app/pages/content-page.ts'
import { publicPages } from '../../app/pages/public-pages.ts'
import { openSite } from '../../app/pages/site.ts'

// Usage: node site-render.ts PORT CONTENT_DIR CACHE_DIR. The website's pages with nothing kept between requests
// and nothing compressed, which is what Express does beside it.
const [port, CONTENT_DIR = '', CACHE_DIR = ''] = process.argv.slice(2)
const config = readConfig({ NODE_ENV: 'test', CONTENT_DIR, CACHE_DIR })
const site = await openSite(config, createLog(config))

const cache: PageCache = {
  peek: () => undefined,
  async get(_path, _encoding, { cacheControl, render }) {
    const body = Buffer.from(await render())
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
    const contentType = 'text/html; charset=utf-8'
    return { variant: { body, encoding: 'identity', etag, cacheControl, contentType }, from: 'render' }
  },
  use() {},
}
const pages = publicPages({
  routes: [{ method: 'GET', path: '/*path', cache: 3600, page: contentPage }],
  cache,
  site: () => site,
  server: { instance: 'bench', release: 'bench' },
})

createServer(async (req, res) => {
  if (!(await pages.answer(req, res))) res.writeHead(404).end()
}).listen(Number(port), '127.0.0.1')
