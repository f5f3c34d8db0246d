import type { CanarySeen, TaskSeen } from './control-answers.ts'
import type { Seen } from './read-app.ts'
import { sayImage, sayTime } from './said.ts'

/** Components, the worst first. */
export const componentRows = ({ app }: Seen) =>
  app.components.map((component) => ({ ...component, imageText: sayImage(component.image) }))

/** Instances with the last fault of each, and those that failed and have not come back. */
export function instanceRows({ app, instances }: Seen) {
  const faults = app.components.flatMap(({ component, kind, faults }) =>
    faults.map((fault) => ({ ...fault, component, kind })),
  )
  const rows = instances.map((one) => ({
    ...one,
    sinceText: sayTime(one.since),
    imageText: sayImage(one.image),
    fault: faults.find(
      ({ component, kind, instance, node }) =>
        component === one.component &&
        kind === one.kind &&
        // All have the same number where each machine has one.
        (instance === 0 ? node === one.node : instance === one.instance),
    ),
  }))
  const shown = new Set(rows.map(({ fault }) => fault))
  return { rows, gone: faults.filter((fault) => !shown.has(fault)) }
}

/** Each node that has instances or is away. */
export function nodeRows({ app }: Seen) {
  const names = new Set([...app.nodes.away, ...app.components.flatMap(({ nodes }) => Object.keys(nodes))])
  return [...names].sort().map((name) => ({
    name,
    isAway: app.nodes.away.includes(name),
    components: app.components
      .filter(({ nodes }) => (nodes[name] ?? 0) > 0)
      .map(({ component, kind, nodes }) => ({ component, kind, count: nodes[name] })),
  }))
}

/** Newest first. */
export const releaseRows = ({ releases }: Seen) =>
  releases.map((release) => ({ ...release, whenText: sayTime(release.when) }))

const places: Readonly<Record<string, number>> = { starting: -1, ended: -1, aborting: -1 }

/** The canary with what may be done to it. */
export function canaryView(canary: CanarySeen) {
  const { phase, steps, share, image, history } = canary
  const at = places[phase.kind] ?? steps.indexOf(share)
  return {
    ...canary,
    imageText: sayImage(image),
    isOver: phase.kind === 'ended',
    can: actionsIn(phase.kind),
    steps: steps.map((percent, index) => ({ percent, isNow: index === at })),
    history: history.map((entry) => ({ ...entry, whenText: sayTime(entry.when) })),
  }
}

/** As control will allow it; a canary that has gone on meanwhile is refused there. */
function actionsIn(kind: string) {
  const runs = ['stepping', 'holding', 'paused'].includes(kind)
  return {
    pause: runs && kind !== 'paused',
    resume: kind === 'paused',
    promote: runs,
    share: runs,
    abort: runs || kind === 'starting',
  }
}

/** The newest task with its lines. */
export const taskView = (task: TaskSeen) => ({
  ...task,
  begunText: sayTime(task.begun),
  endedText: sayTime(task.ended),
  text: task.lines.map(({ text }) => text).join('\n'),
})
