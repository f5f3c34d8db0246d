import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isInShare } from '../../kit/canary/share.ts'
import { visitorCookie } from '../../kit/canary/visitor-cookie.ts'
import { ask, browserHeaders, headerOf } from '../answer.ts'
import { benchDir } from '../content.ts'
import type { Script } from '../wrk.ts'
import { PERCENT, SALT } from './canary-sites.ts'
import { untilAnswer } from './warm.ts'

const count = 1000
const checked = 40

/** What a person's browser sends: bots are told by its name. */
export const person = {
  ...browserHeaders,
  'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'Sec-Fetch-Dest': 'document',
} as const

const ids = Array.from({ length: count }, (_, number) => number.toString(16).padStart(32, '0'))
const cookieOf = (id: string): string => `__Host-side=${visitorCookie(id, SALT)}`

/** People who are known, in turn. */
export const knownVisitors = (): Script => inTurn('known', ids.map(cookieOf))

/** As many who bring no cookie, made by the load generator in the same way. */
export const newVisitors = (): Script => inTurn('new', Array(count).fill(''))

function inTurn(name: string, cookies: readonly string[]): Script {
  const list = join(benchDir, `visitors-${name}`)
  writeFileSync(list, `${cookies.join('\n')}\n`)
  return { file: join(import.meta.dirname, 'visitors.lua'), args: [list] }
}

/** Asks as some of those who are known. Throws where one gets another side than they should, or another cookie. */
export async function checkKnown(url: string): Promise<void> {
  await untilAnswer(url)
  for (const id of ids.slice(0, checked)) {
    const answer = await ask(url, { ...person, Cookie: cookieOf(id) })
    const side = isInShare(PERCENT, `${SALT}${id}`) ? 'canary' : 'old'
    const isKnown = headerOf(answer, 'Set-Cookie') === undefined
    if (!isKnown || !answer.headers.includes(`side;desc=${side}, share;desc=${PERCENT}`))
      throw new Error(`${url} does not know ${id} as one of ${side}: ${answer.headers.join(' ')}`)
  }
}
