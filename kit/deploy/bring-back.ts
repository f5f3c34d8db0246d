import { readStack } from '../compile/read-stack.ts'
import { CommandError } from '../docker.ts'
import { isDryRun } from '../dry-run.ts'
import { Failure } from '../failure.ts'
import { Interrupted } from '../interruption.ts'
import { putStack } from './put-stack.ts'
import { removeApp } from './remove-app.ts'
import type { Run } from './run.ts'
import { awaitedOf, withRunning } from './stack-parts.ts'
import type { State } from './state.ts'
import { startMemory } from './watch/memory.ts'
import { readPatiently } from './watch/snapshot.ts'
import { untilSettled } from './watch/wait.ts'

/** Does the work; if it fails, the app is brought back as it was before, and the failure says so. */
export async function orElseBack<T>(run: Run, before: State, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Interrupted) {
      run.context.terminal.complain(
        'Interrupted: the swarm goes on with what it was told. Deploy again to end it, or to go back.\n',
      )
      throw error
    }
    if (isDryRun() || !isKnown(error) || isNotOurs(error)) throw error
    const outcome = await bringBack(run, before, error)
    if (error instanceof Failure)
      throw new Failure(error.kind, error.message, `${outcome} ${error.todo}`, error.lines)
    throw new Failure('failed', error.message, outcome, error.lines)
  }
}

const isKnown = (error: unknown): error is Failure | CommandError =>
  error instanceof Failure || error instanceof CommandError

/** Somebody else deploys by now, or nobody knows what the swarm does: both must be left alone. */
const isNotOurs = (error: Failure | CommandError): boolean =>
  error instanceof Failure && (error.kind === 'locked' || error.kind === 'unreachable')

async function bringBack(run: Run, before: State, cause: Error): Promise<string> {
  const { context } = run
  const [release] = before.releases
  if (release === undefined && before.services.length > 0)
    return 'There is no kept release to return to, so the app is left as it is.'
  context.terminal.say(
    `${cause.message.split('. ')[0]?.replace(/\.$/, '')}.\n${release ? `Bringing back release ${release.number}` : 'Removing what was begun'}.\n`,
  )
  try {
    await run.held.check()
    if (release === undefined) {
      await removeApp(run.stack, run.seconds)
      return 'What was begun is removed: nothing of the app runs, as before.'
    }
    await restore(run, before)
    return `Release ${release.number} runs, as before.`
  } catch (error) {
    if (error instanceof Interrupted) throw error
    const why = error instanceof Error ? error.message : String(error)
    return release
      ? `Bringing back release ${release.number} failed, too (${why}) \`swarm rollback ${release.number}\` tries again.`
      : `Removing what was begun failed, too (${why}) \`swarm delete\` tries again.`
  }
}

/** Puts the newest kept release into place, with the instances that ran before: what was stopped stays so. */
async function restore(run: Run, before: State): Promise<void> {
  const { stack: name, context, seconds } = run
  const stack = withRunning(name, readStack(before.releases[0]?.stack ?? ''), before.services, 'stays')
  const memory = startMemory(await readPatiently(name), performance.now())
  await putStack(name, stack, { prune: true })
  await untilSettled({
    stack: name,
    awaited: awaitedOf(name, stack),
    memory,
    seconds,
    terminal: context.terminal,
  })
}
