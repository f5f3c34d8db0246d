import { askedApp } from '../cli/asked-app.ts'
import { columns, printJson } from '../cli/print.ts'
import type { Act } from '../cli/verb.ts'
import { stackName } from '../compile/names.ts'
import { readReleases } from '../deploy/releases.ts'

export const releases: Act = async (asked, context) => {
  const { app, environment } = askedApp(asked, context)
  const kept = await readReleases(stackName(app.name, environment))
  if (asked.flag('json')) {
    printJson(
      kept.map(({ id: _, ...release }, index) => ({ ...release, current: index === 0 })),
      context,
    )
    return 0
  }
  if (kept.length === 0) context.terminal.say('There is no release yet: `swarm up` makes the first.\n')
  else context.terminal.say(columns([HEADS, ...kept.map(row)]))
  return 0

  function row({ number, when, who, reason, revision = '' }: (typeof kept)[number], index: number): string[] {
    return [index === 0 ? '*' : ' ', String(number), when, who, revision, reason]
  }
}

const HEADS = [' ', 'RELEASE', 'WHEN', 'WHO', 'REVISION', 'WHY']
