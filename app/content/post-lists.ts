/** What decides which lists of posts there are. */
export interface PostLists {
  postCount: number
  /** Tag slug to its number of posts. */
  tags: ReadonlyMap<string, number>
  postsPerPage: number
}

const listUrl = /^\/blog(?=\/)(?:\/tags\/([^/]+))?(?:\/page\/([^/]+))?$/

/** Whether there is a list of posts at a canonical URL; undefined for a URL that is not of the kind. */
export function hasPostList({ postCount, tags, postsPerPage }: PostLists, url: string): boolean | undefined {
  const list = listUrl.exec(url)
  if (!list) return undefined
  const [, tag, page] = list
  const count = tag === undefined ? postCount : tags.get(decodeURIComponent(tag))
  if (count === undefined || page === undefined) return count !== undefined
  // The first page is the list itself, without a number.
  return /^[1-9]\d{0,8}$/.test(page) && page !== '1' && Number(page) <= Math.ceil(count / postsPerPage)
}
