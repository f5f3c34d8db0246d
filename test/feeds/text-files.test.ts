import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contentFolder, pages, startSite } from '../site/site.ts'
import { hostilePost, hostileTitle } from './hostile.ts'

const publicUrl = 'https://www.example.com'

test('robots.txt keeps robots from what is for one visitor, and names the sitemap', async (t) => {
  const { get } = await startSite(t, { publicUrl })
  const answer = await get('/robots.txt')
  assert.equal(answer.headers.get('content-type'), 'text/plain; charset=utf-8')
  const lines = (await answer.text()).split('\n')
  assert.equal(lines[0], 'User-agent: *')
  for (const path of ['/session$', '/session/', '/search$', '/search?', '/mine$']) {
    assert.ok(lines.includes(`Disallow: ${path}`), path)
  }
  assert.ok(lines.includes(`Sitemap: ${publicUrl}/sitemap.xml`))
})

test('llms.txt has the title, the summary, and a link to every page with what it is about', async (t) => {
  const contentDir = contentFolder({
    ...pages,
    'data/site.yml': 'name: Dogfood\ntagline: A site\n',
    'pages/docs/next.md': '---\ntitle: Next\ndescription: What\n  comes [next]\ngroup: Run\n---\nx\n',
    'posts/2026-01-04-hostile.md': hostilePost(),
  })
  const { get } = await startSite(t, { publicUrl, contentDir })
  const answer = await get('/llms.txt')
  assert.equal(answer.headers.get('content-type'), 'text/plain; charset=utf-8')
  const text = await answer.text()
  assert.ok(text.startsWith('# Dogfood\n\n> A site\n\n## Pages\n\n'))
  assert.ok(text.includes(`## Documentation\n\n- [Docs](${publicUrl}/docs)\n`))
  assert.ok(text.includes(`## Documentation: Run\n\n- [Next](${publicUrl}/docs/next): What comes [next]\n`))
  assert.ok(text.includes(`- [Second](${publicUrl}/blog/second)\n`))
  assert.ok(text.includes(`- [${hostileTitle.replace(/[[\]]/g, '\\$&')}](${publicUrl}/blog/hostile): `))
  assert.doesNotMatch(text, /Mine/)
  const line = /^(?:# .+|> .+|## .+|- \[(?:[^[\]\\]|\\.)+\]\(https:\/\/\S+\)(?:: .+)?|)$/
  for (const each of text.split('\n')) assert.match(each, line)
})
