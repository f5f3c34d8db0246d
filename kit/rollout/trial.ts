import { setTimeout as sleep } from 'node:timers/promises'
import { docker } from '../docker.ts'
import { regardless } from '../interruption.ts'
import type { Progress } from '../progress.ts'
import { type Asked, askingProgram, refused } from './ask-pages.ts'
import { inside, remove, startTrial } from './commands.ts'
import { RolloutFailure } from './failure.ts'
import { asNew, endOfLog, lookAt } from './instances.ts'
import type { Site } from './site.ts'
import { neighbour } from './tags.ts'
import { fail, stillWell, untilHealthy, untilNothing } from './watch.ts'

// Pages of each kind: public, from a query, with a form, with a session.
const PATHS = ['/', '/search?q=a', '/invite', '/session', '/readyz']
const SAMPLE = 8
const ORIGIN = 'http://127.0.0.1:8000'
// A store that is slow for a moment is not the image's fault.
const ATTEMPTS = 4

/** Starts one instance of the next image that no visitor reaches, and asks it for pages; refuses an image that fails. */
export async function tryOut(site: Site, patience: number, progress: Progress): Promise<void> {
  const name = trialName(site)
  await removeTrial(site)
  try {
    await docker(startTrial(site.place, neighbour(site.tag, 'next'), 'webapp', name))
    const [trial] = await lookAt([name])
    const id = trial?.id ?? name
    progress.note('waiting for it to be healthy')
    await untilHealthy([asNew(id)], patience)
    progress.note('waiting for it to be ready')
    const late = await untilNothing(() => notReady(id), patience)
    if (late !== undefined) await fail({ id, name }, `${name} was not ready within ${patience} s (${late})`)
    progress.note('asking it for pages')
    await judge(id)
  } finally {
    await regardless(() => removeTrial(site))
  }
}

const trialName = (site: Site): string => `${site.project}-trial`

/** Takes away what is tried out; one of a rollout that was killed runs on. */
export const removeTrial = async (site: Site): Promise<void> =>
  void (await docker(remove(trialName(site))).catch(() => undefined))

async function notReady(id: string): Promise<string | undefined> {
  await stillWell([asNew(id)])
  const [answer] = await ask(id, ['/readyz'], 0)
  return answer?.status === 200 ? undefined : `/readyz answers ${answer?.status || answer?.why}`
}

async function judge(id: string): Promise<void> {
  let wrong = refused(await ask(id, PATHS, SAMPLE))
  for (let again = 1; again < ATTEMPTS && wrong.length > 0; again++) {
    await sleep(1000)
    wrong = refused(await ask(id, PATHS, SAMPLE))
  }
  if (wrong.length === 0) return
  const told = wrong.map(({ path, status, why }) => `${path} ${status || why}`)
  throw new RolloutFailure(
    `The new image answers with errors: ${told.join(', ')}. Its last log lines:`,
    'Mend the image; it has not served anybody.',
    await endOfLog(id),
  )
}

async function ask(id: string, paths: readonly string[], sample: number): Promise<Asked[]> {
  return JSON.parse(await docker(inside(id, 'node', '-e', askingProgram(ORIGIN, paths, sample)))) as Asked[]
}
