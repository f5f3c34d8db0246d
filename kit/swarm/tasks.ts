import { CommandError } from '../docker.ts'
import { askLines, inspectAll } from './ask.ts'
import { inspectTasks, listTasks } from './commands.ts'

export type TaskState =
  | 'new'
  | 'pending'
  | 'assigned'
  | 'accepted'
  | 'preparing'
  | 'ready'
  | 'starting'
  | 'running'
  | 'complete'
  | 'shutdown'
  | 'failed'
  | 'rejected'
  | 'remove'
  | 'orphaned'

/** One instance of a service, on one node. It is `running` only when its health check was good once. */
export interface Task {
  readonly id: string
  readonly service: string
  /** From 1; 0 in a global service. */
  readonly slot: number
  /** Empty while the scheduler has found none. */
  readonly node: string
  readonly state: TaskState
  readonly wanted: 'running' | 'shutdown' | 'remove' | 'complete' | 'ready'
  /** When it came to its state. */
  readonly since: string
  readonly createdAt: string
  /** When the leader wrote down what it knows of it. */
  readonly updatedAt: string
  /** What Docker says of its state: `started`, `No such image: …`. */
  readonly message: string
  readonly error: string
  readonly image: string
  readonly container: string
  readonly exitCode?: number
}

/** What `docker inspect --type task` prints, as far as it is read here. */
export interface InspectedTask {
  readonly ID: string
  readonly CreatedAt: string
  readonly UpdatedAt: string
  readonly Spec: { readonly ContainerSpec?: { readonly Image?: string } }
  readonly ServiceID: string
  readonly Slot?: number
  readonly NodeID?: string
  readonly DesiredState: string
  readonly Status: {
    readonly Timestamp: string
    readonly State: string
    readonly Message?: string
    readonly Err?: string
    readonly ContainerStatus?: { readonly ContainerID?: string; readonly ExitCode?: number }
  }
}

/** A line of `docker stack ps`, or of `docker node ps`. */
export interface ListedTask {
  readonly ID: string
  /** `<service id>.<slot or node id>`, as names are not resolved; of `node ps` with `.<task id>`. */
  readonly Name: string
  readonly DesiredState: string
  /** `Running 3 minutes ago`. */
  readonly CurrentState: string
}

/**
 * The tasks of a stack that are wanted, those that still end, and of each instance the last ones that ended. Two
 * questions, however many there are.
 */
export const readTasks = async (stack: string, ended = 1): Promise<Task[]> =>
  (await readInspectedTasks(stack, ended)).map(taskOf)

/** The same, as Docker has them. */
export async function readInspectedTasks(stack: string, ended: number): Promise<InspectedTask[]> {
  const listed = await list(stack)
  return inspectAll<InspectedTask>(inspectTasks, choose(listed, ended))
}

async function list(stack: string): Promise<ListedTask[]> {
  try {
    return (await askLines(listTasks(stack))).map((line) => JSON.parse(line) as ListedTask)
  } catch (error) {
    if (error instanceof CommandError && /nothing found in stack/.test(error.lines.join('\n'))) return []
    throw error
  }
}

/** Whether a task is over, as its line in a list has it. */
export const hasEnded = ({ CurrentState }: Pick<ListedTask, 'CurrentState'>): boolean =>
  /^(?:Complete|Shutdown|Failed|Rejected|Remove|Orphaned)\b/.test(CurrentState)

/** Ids of what is looked at more closely: all that is not over, and the newest of each instance that is. */
export function choose(listed: readonly ListedTask[], ended: number): string[] {
  const kept = new Map<string, number>()
  return listed
    .filter((task) => {
      const { Name, DesiredState } = task
      if (!hasEnded(task) || DesiredState === 'Running') return true
      // Docker lists the tasks of an instance newest first.
      const before = kept.get(Name) ?? 0
      kept.set(Name, before + 1)
      return before < ended
    })
    .map(({ ID }) => ID)
}

export function taskOf({
  ID,
  CreatedAt,
  UpdatedAt,
  Spec,
  ServiceID,
  Slot,
  NodeID,
  DesiredState,
  Status,
}: InspectedTask): Task {
  const container = Status.ContainerStatus
  return {
    id: ID,
    service: ServiceID,
    slot: Slot ?? 0,
    node: NodeID ?? '',
    state: Status.State as TaskState,
    wanted: DesiredState as Task['wanted'],
    since: Status.Timestamp,
    createdAt: CreatedAt,
    updatedAt: UpdatedAt,
    message: Status.Message ?? '',
    error: Status.Err ?? '',
    image: Spec.ContainerSpec?.Image ?? '',
    container: container?.ContainerID ?? '',
    ...(container?.ExitCode !== undefined && { exitCode: container.ExitCode }),
  }
}

const OVER: ReadonlySet<TaskState> = new Set([
  'complete',
  'shutdown',
  'failed',
  'rejected',
  'remove',
  'orphaned',
])

/** Whether nothing of it runs any more, or ever will. */
export const isOver = ({ state }: Task): boolean => OVER.has(state)

/** Whether the swarm keeps it running, or wants to. */
export const isWanted = ({ wanted }: Task): boolean => wanted === 'running' || wanted === 'ready'
