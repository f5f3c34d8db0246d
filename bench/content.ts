import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { writePosts } from '../test/content/many-posts.ts'
import { page } from './prose.ts'
import { writeSearchPosts } from './search-posts.ts'

/** Everything the benchmarks write; it may be deleted at any time. */
export const benchDir = join(tmpdir(), 'dogfood-bench')

export const pagePath = '/page'
export const largePath = (number: number): string => `/large-${number}`

const pageSections = 6
const largeSections = 60
export const largePages = 50

/** What the addresses of many pages begin with; a number from 1 follows. */
export const manyPrefix = '/page-'

/** A folder of content with a page of usual size and large ones. */
export const pagesFolder = (): string =>
  keptFolder('pages', (dir) => {
    write(join(dir, 'pages/index.md'), page('Home', 3))
    write(join(dir, `pages${pagePath}.md`), page('A page', pageSections))
    for (let number = 1; number <= largePages; number++) {
      write(join(dir, `pages${largePath(number)}.md`), page(`Large page ${number}`, largeSections))
    }
  })

/** A folder of content with a home page and that many pages of usual size. */
export const manyPagesFolder = (count: number): string =>
  keptFolder(`many-${count}`, (dir) => {
    write(join(dir, 'pages/index.md'), page('Home', 3))
    for (let number = 1; number <= count; number++) {
      write(join(dir, `pages${manyPrefix}${number}.md`), page(`Page ${number}`, pageSections, number))
    }
  })

/** A folder of content with a home page and that many posts. */
export const postsFolder = (count: number): string =>
  keptFolder(`posts-${count}`, (dir) => writePosts(dir, count))

/** A folder of content with that many posts of many different words. */
export const searchPostsFolder = (count: number): string =>
  keptFolder(`search-${count}`, (dir) => writeSearchPosts(dir, count))

/** Fills a folder once; it appears under its name only when it is whole. */
function keptFolder(name: string, fill: (dir: string) => void): string {
  const dir = join(benchDir, 'content', name)
  if (existsSync(dir)) return dir
  const unfinished = `${dir}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { recursive: true })
  fill(unfinished)
  renameSync(unfinished, dir)
  return dir
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

/** A folder for what the website derives from some content. */
export function cacheFolder(name: string): string {
  const dir = join(benchDir, 'cache', name)
  mkdirSync(dir, { recursive: true })
  return dir
}
