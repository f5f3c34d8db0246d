import { isDeepStrictEqual } from 'node:util'
import type { AppSeen, CanarySeen, InstanceSeen, ReleaseSeen, TaskSeen } from './control-answers.ts'
import type { ControlClient } from './control-client.ts'

/** What control says of the app at one moment. */
export interface Seen {
  readonly app: AppSeen
  readonly instances: readonly InstanceSeen[]
  readonly releases: readonly ReleaseSeen[]
  /** The one under way, or else the last. */
  readonly canary: CanarySeen | null
  /** The newest. */
  readonly task: TaskSeen | undefined
  /** Milliseconds since 1970. */
  readonly at: number
  /** When the instances were asked for. */
  readonly instancesAt: number
  /** When what seldom changes was asked for. */
  readonly seldomAt: number
}

// A canary or a release that somebody else began shows in what is asked for each time.
const seldomMilliseconds = 30_000
// On its way up or down an instance has states that do not show in its component.
const instancesMilliseconds = 6000

/** What a reading asks. */
export type Questions = Pick<ControlClient, 'app' | 'instances' | 'releases' | 'canary' | 'tasks' | 'task'>

/**
 * Reads all, or of what seldom changes only what has: each question is a process or more beside control, and the
 * instances of the site together have ten of them a second.
 */
export async function readApp(control: Questions, before: Seen | undefined, now: number): Promise<Seen> {
  const [app, tasks] = await Promise.all([control.app(), control.tasks()])
  const isOld = before === undefined || now - before.seldomAt > seldomMilliseconds
  const hasRelease = !isOld && before.app.release?.number === app.release?.number
  // Once more after its end, for its last words.
  const hasCanary = !isOld && !app.canary && !before.app.canary
  const hasInstances =
    before !== undefined &&
    now - before.instancesAt < instancesMilliseconds &&
    isDeepStrictEqual(app.components, before.app.components)
  const [instances, releases, canary, task] = await Promise.all([
    hasInstances ? before.instances : control.instances(),
    hasRelease ? before.releases : control.releases(),
    hasCanary ? before.canary : control.canary(),
    newestTask(control, tasks[0], before?.task),
  ])
  return {
    ...{ app, instances, releases, canary, task, at: now },
    instancesAt: hasInstances ? before.instancesAt : now,
    seldomAt: isOld ? now : before.seldomAt,
  }
}

async function newestTask(
  control: Questions,
  newest: { readonly id: string } | undefined,
  before: TaskSeen | undefined,
): Promise<TaskSeen | undefined> {
  if (newest === undefined) return undefined
  return before?.id === newest.id && before.state !== 'running' ? before : control.task(newest.id)
}
