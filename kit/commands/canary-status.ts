import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { announce } from '../canary/announce.ts'
import { sayCheck } from '../canary/check.ts'
import { shareOf } from '../canary/share-of.ts'
import type { Canary, Phase } from '../canary/state.ts'
import { chosenCanary, type KeptState, readStates } from '../canary/store.ts'
import { givenWhy } from '../canary/why.ts'
import type { Asked } from '../cli/asked.ts'
import { askedStack } from '../cli/asked-stack.ts'
import type { Context } from '../cli/context.ts'
import { usage } from '../cli/parse.ts'
import { printJson } from '../cli/print.ts'
import type { Act } from '../cli/verb.ts'
import { type CanaryRecord, readRecord } from '../deploy/canary-kept.ts'
import { Failure } from '../failure.ts'

export const canaryStatus: Act = async (asked, context) => {
  const { stack } = askedStack(asked, context)
  const states = await readStates(stack)
  const last = chosenCanary(states, asked.text('id'))
  const record = last && (await readRecord(stack, last.id))
  if (asked.text('chart') !== undefined) writeChart(asked, context, record)
  return showCanary(last ? viewOf(last, states, record) : null, stack, asked, context)
}

/** A canary with each change of it, as `--json` prints it. */
export interface CanaryView extends Omit<Canary, 'salt' | 'checks'> {
  /** Without secrets. */
  readonly checks?: readonly string[]
  /** In percent of the visitors. */
  readonly share: number
  readonly history: readonly {
    readonly number: number
    readonly when: string
    readonly who: string
    readonly phase: Phase
    readonly said: string
  }[]
  /** Both versions side by side, once it ends; undefined where they were not compared. */
  readonly table?: string
  /** Why it stays where it is, which its control alone knows. */
  readonly waitsFor?: string
}

/** Shows each change of a canary; then, of one that has ended, both versions side by side. */
export function showCanary(view: CanaryView | null, stack: string, asked: Asked, context: Context): number {
  const id = asked.text('id')
  if (id !== undefined && id !== view?.id) throw usage('--id asks the engine: it cannot go with --api.')
  if (asked.flag('json')) printJson(view, context)
  else context.terminal.say(view ? told(view) : `${stack} has had no canary.\n`)
  return 0
}

function told(view: CanaryView): string {
  const { history, phase, share, image, table, checks = [], waitsFor } = view
  const why = givenWhy(view.why)
  const lines = history.map(({ when, who, said }) => `${when.slice(0, 19)}Z  ${said}  (${who})\n`)
  const now = [
    `${share} % of visitors have ${image}\n`,
    ...(waitsFor ? [`waits for: ${waitsFor}\n`] : []),
    ...checks.map((check) => `checked before each step: ${check}\n`),
  ]
  return [
    ...lines,
    ...(why ? [`why: ${why}\n`] : []),
    ...(phase.kind === 'ended' ? [] : now),
    ...(table ? [`\n${table}`] : []),
  ].join('')
}

function viewOf(last: Canary, states: readonly KeptState[], record: CanaryRecord | undefined): CanaryView {
  // Who has it could make cookies of visitors.
  const { salt: _, checks, ...canary } = last
  const own = states.filter(({ canary }) => canary.id === last.id)
  const history = own.map(({ number, when, who, canary }, at) => ({
    number,
    when,
    who,
    phase: canary.phase,
    said: announce(own[at - 1]?.canary, canary) || announce(undefined, canary),
  }))
  return {
    ...canary,
    ...(checks && { checks: checks.map(sayCheck) }),
    share: shareOf(last),
    history,
    ...(record && { table: record.table }),
  }
}

function writeChart(asked: Asked, context: Context, record: CanaryRecord | undefined): void {
  if (record === undefined)
    throw new Failure(
      'not found',
      'There is no chart of it.',
      'It is drawn when a canary that had visitors ends.',
    )
  saveChart(asked, context, record.chart)
}

/** Writes a chart to the file that --chart names. */
export function saveChart(asked: Asked, { directory }: Context, chart: string): void {
  writeFileSync(resolve(directory, asked.text('chart') ?? ''), chart)
}
