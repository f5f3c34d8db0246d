import type { Asked } from '../cli/asked.ts'
import { chosenEnvironment, environments } from '../cli/asked-environment.ts'
import { askedVariables, type NamedValue } from '../cli/asked-variables.ts'
import type { Context } from '../cli/context.ts'
import { columns, printJson } from '../cli/print.ts'
import type { Act } from '../cli/verb.ts'

export const env: Act = async (asked, context) => {
  const [environment] = asked.words
  const rows = environment === undefined ? list(asked, context) : askedVariables(asked, environment, context)
  if (asked.flag('json')) printJson(rows, context)
  else context.terminal.say(columns(rows.map(cells)))
  return 0
}

interface Listed {
  readonly name: string
  readonly chosen: boolean
}

function list(asked: Asked, context: Context): Listed[] {
  const chosen = chosenEnvironment(asked, context)
  const names = environments(context.directory, asked.text('file'))
  if (names.length === 0) context.terminal.complain('swarmvars.json names no environment.\n')
  return names.map((name) => ({ name, chosen: name === chosen }))
}

const cells = (row: Listed | NamedValue): string[] =>
  'chosen' in row ? [row.chosen ? '*' : ' ', row.name] : [`$${row.name}`, row.value, row.from]
