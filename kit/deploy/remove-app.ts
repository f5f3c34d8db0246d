import { type Command, CommandError, change } from '../docker.ts'
import { isDryRun } from '../dry-run.ts'
import { Failure } from '../failure.ts'
import { askLines } from '../swarm/ask.ts'
import { listServices, STACK_LABEL } from '../swarm/commands.ts'
import { readNodes } from '../swarm/nodes.ts'
import { hasEnded, type ListedTask } from '../swarm/tasks.ts'
import { listNetworks, listNodeTasks, removeNetwork, removeServices } from './commands.ts'
import { pause } from './watch/pause.ts'

const POLL_MS = 500

/**
 * Removes all services and networks of an app, and waits until its tasks and networks are gone: a deploy that comes
 * too soon finds a network that is about to vanish (https://github.com/moby/moby/issues/29293).
 */
export async function removeApp(stack: string, seconds: number): Promise<void> {
  const end = performance.now() + seconds * 1000
  const services = await askLines(listServices(stack))
  if (services.length > 0) await change(removeServices(services))
  await untilGone(() => tasksOf(services), end, seconds)
  for (const { ID } of await networksOf(stack)) await change(removeNetwork(ID)).catch(ifInUse)
  await untilGone(
    async () => {
      const left = await networksOf(stack)
      for (const { ID } of left) if (!isDryRun()) await change(removeNetwork(ID)).catch(ifInUse)
      return left.map(({ Name }) => Name)
    },
    end,
    seconds,
  )
}

async function untilGone(find: () => Promise<string[]>, end: number, seconds: number): Promise<void> {
  for (; !isDryRun(); await pause(POLL_MS)) {
    const left = await find()
    if (left.length === 0) return
    if (performance.now() > end) throw stillThere(left, seconds)
  }
}

/** Tasks that still run of services that are removed: only the nodes know them. One that is away tells nothing. */
async function tasksOf(services: readonly string[]): Promise<string[]> {
  const nodes = (await readNodes()).filter(({ state }) => state === 'ready').map(({ id }) => id)
  if (nodes.length === 0 || services.length === 0) return []
  const tasks = await listed<ListedTask>(listNodeTasks(nodes))
  return tasks
    .filter((task) => services.some((id) => task.Name.startsWith(id)) && !hasEnded(task))
    .map(({ Name }) => Name)
}

interface ListedNetwork {
  readonly ID: string
  readonly Name: string
}

const networksOf = (stack: string): Promise<ListedNetwork[]> =>
  listed<ListedNetwork>(listNetworks(`${STACK_LABEL}=${stack}`))

const listed = async <T>(list: Command): Promise<T[]> =>
  (await askLines(list)).map((line) => JSON.parse(line) as T)

/** Swarm lets go of a network a moment after its last task. */
function ifInUse(error: unknown): void {
  if (!(error instanceof CommandError)) throw error
}

const stillThere = (left: readonly string[], seconds: number): Failure =>
  new Failure(
    'timed out',
    `After ${seconds} s this is still there: ${left.join(', ')}.`,
    'A task still ends, perhaps on a node that does not answer: see `docker node ls`, then run the command again.',
  )
