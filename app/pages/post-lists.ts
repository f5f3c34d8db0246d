import type { PageEntry } from '../content/entry.ts'
import { type PageHandler, type PageParams, pageContext, sectionOf } from './page-plan.ts'
import type { Site } from './site.ts'

const postsPerPage = 10

interface PostList {
  readonly title: string
  readonly firstUrl: string
  readonly count: number
  readonly tag?: string
  posts(from: number, to: number): readonly PageEntry[]
}

/** The blog, newest first, ten to a page. */
export const blog: PageHandler = (site, params, seconds) =>
  listPage(site, params, seconds, {
    title: 'Blog',
    firstUrl: '/blog',
    count: site.content.postCount,
    posts: (from, to) => site.content.posts(from, to),
  })

/** The posts that have a tag. */
export const blogTag: PageHandler = (site, params, seconds) => {
  const tag = params.tag ?? ''
  const count = site.content.tags.get(tag)
  if (!count) return undefined
  const posts = (from: number, to: number) => site.content.tagged(tag, from, to)
  return listPage(site, params, seconds, {
    title: `Tagged ${site.content.tagName(tag)}`,
    firstUrl: `/blog/tags/${tag}`,
    count,
    tag,
    posts,
  })
}

/** All tags, those of the most posts first. */
export const blogTags: PageHandler = (site, { url }, seconds) => ({
  cache: seconds,
  render: async () => {
    const tags = Array.from(site.content.tags, ([tag, count]) => ({
      name: site.content.tagName(tag),
      url: `/blog/tags/${encodeURIComponent(tag)}`,
      count,
    }))
    return site.renderer.render('tags', {
      page: pageContext(site, { title: 'Tags', url }),
      section: sectionOf(url),
      tags: tags.sort((a, b) => b.count - a.count || a.name.localeCompare(b.name, 'en')),
    })
  },
})

function listPage(site: Site, { number, url }: PageParams, seconds: number, list: PostList) {
  const pages = Math.max(1, Math.ceil(list.count / postsPerPage))
  const page = number === undefined ? 1 : Number(number)
  // The first page is the list itself, so /page/1 would be a second URL of it.
  const exists = number === undefined || (/^[1-9]\d{0,8}$/.test(number) && page > 1 && page <= pages)
  if (!exists) return undefined
  return {
    cache: seconds,
    render: async () =>
      site.renderer.render('posts', {
        page: pageContext(site, { title: list.title, url }),
        section: sectionOf(url),
        posts: list.posts((page - 1) * postsPerPage, page * postsPerPage),
        tag: list.tag,
        pagination: pagination(list.firstUrl, page, pages),
      }),
  }
}

const pagination = (firstUrl: string, page: number, pages: number) => {
  const urlOf = (number: number) => (number === 1 ? firstUrl : `${firstUrl}/page/${number}`)
  return {
    page,
    pages,
    newerUrl: page > 1 ? urlOf(page - 1) : undefined,
    olderUrl: page < pages ? urlOf(page + 1) : undefined,
  }
}
