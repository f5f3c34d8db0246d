import { createHash } from 'node:crypto'
import { createReadStream, statSync } from 'node:fs'
import { LRUCache } from 'lru-cache'

const mostRemembered = 1000

/**
 * ETags made of what is in a file. Size and time would not do: images give every file the same time, so a
 * picture that was replaced in a new release would be "not modified" for ever. Within one process they tell
 * whether the hash is still the file's.
 */
export function contentEtags(): (path: string) => Promise<string> {
  const etags = new LRUCache<string, string>({ max: mostRemembered })
  return async (path) => {
    const { size, mtimeMs } = statSync(path)
    const key = `${path} ${size} ${mtimeMs}`
    const etag = etags.get(key) ?? `"${await hashOf(path)}"`
    etags.set(key, etag)
    return etag
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return hash.digest('base64url').slice(0, 22)
}
