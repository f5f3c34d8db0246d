import { canonicalPath } from './canonical-path.ts'
import type { PageEntry } from './entry.ts'
import type { Fault } from './fault.ts'
import { errorAt } from './source.ts'

/** Whether a listed URL means this one; one that ends in '*' stands for all that begin so. */
export const isListed = (url: string, list: readonly string[]): boolean =>
  list.some((listed) => (listed.endsWith('*') ? url.startsWith(listed.slice(0, -1)) : url === listed))

/** Why visitors would never see a page at its URL; undefined when they do. */
export function addressFault(
  { kind, url, file }: PageEntry,
  reservedUrls: readonly string[],
): Fault | undefined {
  const read = canonicalPath(url)
  if (read !== url) {
    const what = `its URL ${url} is not reachable: visitors who ask for it are led to ${read}`
    return errorAt(file, 1, 1, what, 'rename the file')
  }
  if (kind === 'page' && isListed(url, reservedUrls))
    return errorAt(file, 1, 1, `the application answers ${url} itself`, 'choose another path')
  return undefined
}
