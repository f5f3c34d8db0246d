import { gunzipSync, gzipSync } from 'node:zlib'
import { type Interval, totalsOf } from '../analysis/window.ts'
import { printStack } from '../compile/print.ts'
import { readStack } from '../compile/read-stack.ts'
import type { Stack } from '../compile/types.ts'
import { change } from '../docker.ts'
import { Failure } from '../failure.ts'
import { isTaken } from '../swarm/ask.ts'
import { LABELS } from '../swarm/labels.ts'
import { readObject, type SwarmObject } from '../swarm/objects.ts'
import { createObject } from './commands.ts'

/** What is left of a canary: both versions side by side. */
export interface CanaryRecord {
  /** Lines of plain text. */
  readonly table: string
  /** An SVG document. */
  readonly chart: string
}

/** Kinds of configs beside the states of a canary, each by its id. */
type Kept = 'target' | 'record' | 'earlier'

const nameOf = (stack: string, kept: Kept, id: string): string => `${stack}_canary-${kept}-${id}`

/** Keeps the stack that a canary becomes when it is promoted. */
export const keepTarget = (stack: string, id: string, release: Stack): Promise<void> =>
  keep(stack, 'target', id, printStack(release))

/** Throws a Failure where it is gone. */
export async function readTarget(stack: string, id: string): Promise<Stack> {
  const text = await read(stack, 'target', id)
  if (text !== undefined) return readStack(text)
  throw new Failure(
    'not found',
    `What canary ${id} is to become is not kept in the swarm any more.`,
    'Take it back with `swarm canary abort`, then deploy its version with `swarm update`.',
  )
}

export const keepRecord = (stack: string, id: string, record: CanaryRecord): Promise<void> =>
  keep(stack, 'record', id, JSON.stringify(record))

/** Undefined where a canary has none: it ended before both versions had visitors. */
export async function readRecord(stack: string, id: string): Promise<CanaryRecord | undefined> {
  const text = await read(stack, 'record', id)
  return text === undefined ? undefined : (JSON.parse(text) as CanaryRecord)
}

/** The records among the configs of an app, by the id of their canary. */
export const recordsIn = (
  stack: string,
  configs: readonly SwarmObject[],
): ReadonlyMap<string, CanaryRecord> =>
  new Map(
    configs
      .filter(({ labels }) => labels[LABELS.kind] === 'canary-record')
      .map(({ name, content = '' }) => [
        name.slice(nameOf(stack, 'record', '').length),
        JSON.parse(unpacked(content)) as CanaryRecord,
      ]),
  )

export const keepEarlier = (stack: string, id: string, intervals: readonly Interval[]): Promise<void> =>
  keep(stack, 'earlier', id, writtenEarlier(intervals))

/** All as one interval, which has the same size however long they lasted. */
export const writtenEarlier = (intervals: readonly Interval[]): string =>
  JSON.stringify([totalsOf({ intervals })])

/** One with all that was kept; none where nothing was. */
export async function readEarlier(stack: string, id: string): Promise<readonly Interval[]> {
  return JSON.parse((await read(stack, 'earlier', id)) ?? '[]') as Interval[]
}

// A Swarm config holds 1,000 kB at most.
async function keep(stack: string, kept: Kept, id: string, text: string): Promise<void> {
  const labels = { [LABELS.app]: stack, [LABELS.canary]: stack, [LABELS.kind]: `canary-${kept}` }
  const content = gzipSync(text).toString('base64')
  await change(createObject('config', nameOf(stack, kept, id), labels, content)).catch((error) => {
    // It was kept by who did this before, and died.
    if (!isTaken(error)) throw error
  })
}

async function read(stack: string, kept: Kept, id: string): Promise<string | undefined> {
  const { content } = (await readObject('config', nameOf(stack, kept, id))) ?? {}
  return content === undefined ? undefined : unpacked(content)
}

const unpacked = (content: string): string => gunzipSync(Buffer.from(content, 'base64')).toString()
