import { setTimeout as wait } from 'node:timers/promises'
import { type Answer, ask, browserHeaders, headerOf } from '../answer.ts'

const patience = 30_000
const atOnce = 32

/** Asks the front for each path until the answer comes from its cache; the answers by path. */
export async function warmAnswers(
  front: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, Answer>> {
  const answers = new Map<string, Answer>()
  for (let from = 0; from < paths.length; from += atOnce) {
    const some = paths.slice(from, from + atOnce)
    const hits = await Promise.all(some.map((path) => untilAnswer(front + path, isHit)))
    for (const [at, hit] of hits.entries()) answers.set(some[at] ?? '', hit)
  }
  return answers
}

const isHit = (answer: Answer): boolean => headerOf(answer, 'X-Front-Cache') === 'HIT'

/** Asks until there is a page, and one that is wanted. */
export async function untilAnswer(url: string, isWanted = (_: Answer) => true): Promise<Answer> {
  const end = performance.now() + patience
  let last = 'it answers what is not wanted'
  while (performance.now() < end) {
    try {
      const answer = await ask(url, browserHeaders)
      if (isWanted(answer)) return answer
    } catch (error) {
      last = String(error)
    }
    await wait(20)
  }
  throw new Error(`${url} does not answer as the benchmark needs it: ${last}`)
}
