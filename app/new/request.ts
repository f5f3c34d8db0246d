/** What a writer wants to begin. */
export type Request =
  | { readonly kind: 'post'; readonly title: string }
  | { readonly kind: 'page'; readonly title: string; readonly path?: string }

export const usage = [
  'Usage: npm run new -- post "Title of the post"',
  '       npm run new -- page "Title of the page" [path]',
  '',
  'The title goes in quotes. A page without a path gets one from its title;',
  'with docs/pricing it is written to pages/docs/pricing.md.',
].join('\n')

/** Reads the words after the command; undefined when they cannot be meant. */
export function readRequest(words: readonly string[]): Request | undefined {
  const [kind, title = '', path, ...more] = words
  if (title.trim() === '' || more.length > 0 || words.some((word) => word.startsWith('--'))) return undefined
  if (kind === 'post') return path === undefined ? { kind, title: title.trim() } : undefined
  if (kind !== 'page' || path === '') return undefined
  return { kind, title: title.trim(), ...(path !== undefined && { path }) }
}
