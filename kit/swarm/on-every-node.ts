import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Command, change, docker } from '../docker.ts'
import { isDryRun } from '../dry-run.ts'
import { environment } from '../environment.ts'
import { regardless } from '../interruption.ts'
import { askLines, inspectAll } from './ask.ts'
import {
  createNodeJob,
  createPullJob,
  inspectTasks,
  listTaskIds,
  removeService,
  taskLog,
} from './commands.ts'
import { readNodes, type SwarmNode } from './nodes.ts'
import { type InspectedTask, isOver, type Task, taskOf } from './tasks.ts'

/** Something to do once on every node. */
export interface NodeWork {
  /** What it is for, as part of a name: `prune`. */
  readonly purpose: string
  /** For a POSIX shell; `docker` in it speaks to the node's own engine. */
  readonly script: string
  readonly env?: Readonly<Record<string, string>>
  /** It sees the node's own network: the ports that are taken there. */
  readonly hostNetwork?: boolean
  /** How long all nodes together may take, the pull of the image included. */
  readonly seconds?: number
}

/** What became of it on one node. */
export interface NodeAnswer {
  readonly node: SwarmNode
  /** Everything the script wrote. */
  readonly output: string
  /** Why there is no answer, or no good one; undefined where the script ended with 0. */
  readonly fault?: string
  /** The task that did it, where there was one. */
  readonly task?: Task
}

const IMAGE = 'docker:28.5.2-cli'
const SOCKET = '/var/run/docker.sock'
const POLL_MILLISECONDS = 300
const LOG_SECONDS = 15

/**
 * Runs a script on every node, as a job of the swarm with the node's engine at hand. There is no other way to a node
 * that needs nothing but a manager. The job may do whatever its node's engine may, as whoever commands a manager can.
 */
export function onEveryNode({ purpose, seconds = 120, ...work }: NodeWork): Promise<NodeAnswer[]> {
  const { SWARM_NODE_IMAGE: image, SWARM_NODE_SOCKET: socket } = environment()
  const engine = { image: image || IMAGE, socket: socket || SOCKET }
  return asJob(createNodeJob({ ...work, ...engine, name: jobName(purpose) }), seconds)
}

const PULL_SECONDS = 300

/** Has every node pull an image that it does not have, with the login that a deploy would hand on. */
export const pullOnEveryNode = (image: string): Promise<NodeAnswer[]> =>
  asJob(createPullJob(jobName('pull'), image), PULL_SECONDS)

const jobName = (purpose: string): string => `dogfood-${purpose}-${randomBytes(4).toString('hex')}`

async function asJob(create: Command, seconds: number): Promise<NodeAnswer[]> {
  const nodes = await readNodes()
  const job = await change(create)
  if (isDryRun()) return []
  try {
    const tasks = await untilOver(job, nodes.filter(takesWork), seconds)
    return await Promise.all(nodes.map((node) => answerOf(node, taskOn(node, tasks))))
  } finally {
    await regardless(() => docker(removeService(job)))
  }
}

/** Swarm may begin another task where one was rejected. */
function taskOn({ id }: SwarmNode, tasks: readonly Task[]): Task | undefined {
  const there = tasks.filter(({ node }) => node === id)
  return there.find(isOver) ?? there[0]
}

/** Whether the swarm gives a node anything to do. */
export const takesWork = ({ state, availability }: SwarmNode): boolean =>
  state === 'ready' && availability === 'active'

async function untilOver(job: string, nodes: readonly SwarmNode[], seconds: number): Promise<Task[]> {
  for (const end = performance.now() + seconds * 1000; ; await sleep(POLL_MILLISECONDS)) {
    const ids = await askLines(listTaskIds(job))
    const tasks = (await inspectAll<InspectedTask>(inspectTasks, ids)).map(taskOf)
    const done = new Set(tasks.filter(isOver).map(({ node }) => node))
    if (nodes.every(({ id }) => done.has(id)) || performance.now() > end) return tasks
  }
}

async function answerOf(node: SwarmNode, task: Task | undefined): Promise<NodeAnswer> {
  if (task === undefined) return { node, output: '', fault: whyNothing(node) }
  const output = task.container === '' ? '' : await logOf(task)
  const answer = { node, output, task }
  if (!isOver(task)) return { ...answer, fault: `it is still ${task.state} (${task.error || task.message})` }
  return task.state === 'complete' ? answer : { ...answer, fault: whyFailed(task, output) }
}

/** With the last line of the script: an exit code alone does not say why. */
const whyFailed = ({ error, message }: Task, output: string): string =>
  [error || message, output.split('\n').at(-1)].filter(Boolean).join(': ')

function whyNothing({ state, availability }: SwarmNode): string {
  if (state !== 'ready') return `the node is ${state}`
  return availability === 'active'
    ? 'the swarm gave it no task'
    : `the node takes no work: it is set to ${availability}`
}

const logOf = ({ id }: Task): Promise<string> =>
  docker(taskLog(id), { seconds: LOG_SECONDS, mayBreakOff: true }).catch(() => '')
