import { setTimeout as sleep } from 'node:timers/promises'
import type { Asked } from '../cli/asked.ts'
import { askedStack } from '../cli/asked-stack.ts'
import type { Context } from '../cli/context.ts'
import { namedComponents } from '../cli/named-components.ts'
import { printJson } from '../cli/print.ts'
import { untilEnded } from '../cli/until-ended.ts'
import type { Act } from '../cli/verb.ts'
import type { AppStatus } from '../status/app-status.ts'
import { printStatus } from '../status/print-status.ts'
import { readStatus } from '../status/read-status.ts'

const EVERY_MILLISECONDS = 2000

export const status: Act = async (asked, context) => {
  const { stack } = askedStack(asked, context)
  return showStatus(() => readStatus(stack, context.now()), asked, context)
}

/** Shows what is read of an app, once or again and again. */
export async function showStatus(
  readAll: () => Promise<AppStatus>,
  asked: Asked,
  context: Context,
): Promise<number> {
  const read = async () => only(asked.words, await readAll())
  if (!asked.flag('watch')) show(await read(), asked, context)
  else await watch(read, asked, context)
  return 0
}

function only(words: readonly string[], all: AppStatus): AppStatus {
  if (words.length === 0) return all
  const names = new Set(
    namedComponents(words, [...new Set(all.components.map(({ component }) => component))]),
  )
  return { ...all, components: all.components.filter(({ component }) => names.has(component)) }
}

function show(status: AppStatus, asked: Asked, context: Context): void {
  if (asked.flag('json')) printJson(status, context)
  else context.terminal.say(printStatus(status, context.now()))
}

async function watch(read: () => Promise<AppStatus>, asked: Asked, context: Context): Promise<void> {
  const { terminal } = context
  const signal = untilEnded(context)
  while (!signal.aborted) {
    const found = await read().catch((error: unknown) => {
      if (!signal.aborted) throw error
    })
    if (found === undefined) return
    if (terminal.isTerminal && !asked.flag('json')) terminal.say('\x1b[H\x1b[J')
    show(found, asked, context)
    await sleep(EVERY_MILLISECONDS, undefined, { signal }).catch(() => undefined)
  }
}
