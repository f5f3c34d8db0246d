import type { Asked } from '../cli/asked.ts'
import { askedApp } from '../cli/asked-app.ts'
import type { Context } from '../cli/context.ts'
import { namedComponent } from '../cli/named-components.ts'
import { usage } from '../cli/parse.ts'
import type { Act } from '../cli/verb.ts'
import { stackName } from '../compile/names.ts'
import { readStack } from '../compile/read-stack.ts'
import { currentRelease } from '../deploy/current-release.ts'
import { dueComponents } from '../deploy/due.ts'
import { secondsOf } from '../deploy/options.ts'
import { readReleases } from '../deploy/releases.ts'
import { runOnce } from '../deploy/run-once.ts'
import { componentsOf, keysOf } from '../deploy/stack-parts.ts'

export const run: Act = async (asked, context) => {
  const seconds = secondsOf(asked)
  const { app, environment } = askedApp(asked, context)
  const name = stackName(app.name, environment)
  const stack = readStack(currentRelease({ releases: await readReleases(name) }).stack)
  const ended: Record<string, number> = {}
  const once = async (component: string, command: readonly string[]) => {
    const [key = ''] = keysOf(stack, new Set([component]))
    const code = await runOnce({ name, stack, key, command, seconds, terminal: context.terminal })
    ended[component] = code
    context.done?.({ ended })
    return code
  }
  if (!asked.flag('due')) return once(namedComponent(only(asked.words), componentsOf(stack)), asked.command)
  if (asked.words.length > 0) throw usage('--due takes no component: swarm.json says which are due.')
  const components = app.services.flatMap((service) => service.components)
  const due = dueComponents(components, context.now(), withinMinutes(asked))
  const codes = await Promise.all(
    due.map(({ fullName }) => told(fullName, context, () => once(fullName, []))),
  )
  return Math.max(0, ...codes)
}

function only(words: readonly string[]): string {
  const [word] = words
  if (word === undefined) throw usage('Say which component, or --due.')
  return word
}

function withinMinutes(asked: Asked): number {
  const minutes = Number(asked.text('within') ?? 1)
  if (!(Number.isInteger(minutes) && minutes >= 1)) throw usage('--within takes minutes.')
  return minutes
}

async function told(component: string, { terminal }: Context, work: () => Promise<number>): Promise<number> {
  const code = await work()
  terminal.say(`${component} ended with exit code ${code}.\n`)
  return code
}
