import { closest } from './suggest.ts'

/** The keys of front matter that mean something to the site; all others are there for templates. */
export const frontMatterKeys = [
  'title',
  'description',
  'template',
  'nav_order',
  'nav_title',
  'group',
  'draft',
  'date',
  'updated',
  'author',
  'authors',
  'tags',
  'image',
  'redirect_from',
  'cache',
  'noindex',
] as const

const plain = (key: string): string => key.toLowerCase().replaceAll(/[^a-z]/g, '')

/** The key that a mistyped one was likely meant to be; keys of one's own are not to be mistaken for it. */
export function similarKey(key: string): string | undefined {
  const known: readonly string[] = frontMatterKeys
  if (known.includes(key)) return undefined
  const same = known.find((other) => plain(other) === plain(key))
  const near = same ?? closest(key, known)
  if (!near || near === same) return near
  const isClose = Math.abs(near.length - key.length) <= 1 && near[0] === key[0]?.toLowerCase()
  return isClose && key.length > 2 ? near : undefined
}
