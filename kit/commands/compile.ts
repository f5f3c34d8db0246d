import { askedApp } from '../cli/asked-app.ts'
import { compiled } from '../cli/compiled.ts'
import { printJson } from '../cli/print.ts'
import type { Act } from '../cli/verb.ts'
import { printStack } from '../compile/print.ts'

export const compileVerb: Act = async (asked, context) => {
  const { stack } = compiled(askedApp(asked, context, asked.words[0]), context)
  if (asked.flag('json')) printJson(stack, context)
  else context.terminal.say(printStack(stack))
  return 0
}
