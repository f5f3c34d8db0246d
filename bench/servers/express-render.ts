import { readFileSync } from 'node:fs'
import express from 'express'
import { marked } from 'marked'
import nunjucks from 'nunjucks'
import { readConfig } from '../../app/config/read.ts'
import { createLog } from '../../app/logging/log.ts'
import { sharedContext } from '../../app/pages/shared-context.ts'
import { openSite, viewsDir } from '../../app/pages/site.ts'

// Usage: node express-render.ts PORT CONTENT_DIR CACHE_DIR. Parses the Markdown and renders the site's own
// templates for each request, as the guides of Express, marked and nunjucks show it.
const [port, CONTENT_DIR = '', CACHE_DIR = ''] = process.argv.slice(2)
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

app.get('/page', (_req, res) => {
  const page = { kind: 'page', ...content.find('/page'), canonical: `${config.publicUrl}/page` }
  res.render('page.njk', { page, section: 'page', body: marked.parse(markdown) })
})
app.listen(Number(port), '127.0.0.1')
