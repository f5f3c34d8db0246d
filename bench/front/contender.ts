import { browserHeaders } from '../answer.ts'
import type { Contender } from '../rounds.ts'
import type { Script } from '../wrk.ts'

/** One server of a benchmark of the front, asked as browsers ask. */
export const contender = (key: string, name: string, url: string, script?: Script): Contender => ({
  key,
  name,
  url,
  headers: browserHeaders,
  ...(script && { script }),
})
