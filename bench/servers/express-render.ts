import { readFileSync } from 'node:fs'
import express from 'express'
import { marked } from 'marked'
import nunjucks from 'nunjucks'
import { readConfig } from '../../app/config/read.ts'
import { createLog } from '../../app/logging/log.ts'
import { sharedContext } from '../../app/pages/shared-context.ts'
import { openSite, viewsDir } from '../../app/pages/site.ts'

// Usage: node express-render.ts PORT CONTENT_DIR CACHE_DIR [HOST]. Parses the Markdown and renders the site's own
// templates for each request, as the guides of Express, marked and nunjucks show it; /renders says how often.
const [port, CONTENT_DIR = '', CACHE_DIR = '', host = '127.0.0.1'] = process.argv.slice(2)
const config = readConfig({ NODE_ENV: 'test', CONTENT_DIR, CACHE_DIR })
const { content, assets } = await openSite(config, createLog(config))
const markdown = readFileSync(`${CONTENT_DIR}/pages/page.md`, 'utf8').replace(/^---.*?---\n/s, '')

const app = express()
const views = nunjucks.configure(viewsDir, { autoescape: true, express: app })
for (const [name, value] of Object.entries(sharedContext(config, content, assets)))
  views.addGlobal(name, value)
views.addGlobal('fragment', (name: string, section = '') => {
  return new nunjucks.runtime.SafeString(views.render(`fragments/${name}.njk`, { section }))
})

let renders = 0
app.get('/page', (_req, res) => {
  renders++
  const page = { kind: 'page', ...content.find('/page'), canonical: `${config.publicUrl}/page` }
  res.render('page.njk', { page, section: 'page', body: marked.parse(markdown) })
})
app.get('/renders', (_req, res) => void res.end(String(renders)))
app.listen(Number(port), host)
