import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const day = 24 * 60 * 60 * 1000
const first = Date.UTC(2000, 0, 1)
const words = 'every page of this blog says much the same about keeping a website up while it changes'.split(
  ' ',
)

/** Fills a folder with a home page and so many posts of 2 kB, the same ones each time. */
export function writePosts(dir: string, count: number): void {
  for (const folder of ['pages', 'posts']) mkdirSync(join(dir, folder), { recursive: true })
  writeFileSync(join(dir, 'pages/index.md'), '---\ntitle: Home\ntemplate: page\n---\nMany posts.\n')
  for (let i = 0; i < count; i++) {
    const date = new Date(first + (i % 9000) * day).toISOString().slice(0, 10)
    writeFileSync(join(dir, `posts/${date}-number-${i}.md`), post(i))
  }
}

function post(i: number): string {
  const paragraphs = Array.from({ length: 6 }, (_, p) => sentence(i * 7 + p * 5))
  const front = `title: Post number ${i}\ndescription: What happened on day ${i}\ntags: [news, year-${i % 25}]`
  const code = '```js\nconst answer = 42\n```'
  return `---\n${front}\n---\n${paragraphs.slice(0, 3).join('\n\n')}\n\n## Later\n\n${code}\n\n${paragraphs.slice(3).join('\n\n')}\n`
}

function sentence(seed: number): string {
  const picked = Array.from({ length: 55 }, (_, i) => words[(seed + i * i) % words.length])
  return `${picked.slice(0, 20).join(' ')} *${picked.slice(20, 25).join(' ')}* ${picked.slice(25).join(' ')}.`
}
