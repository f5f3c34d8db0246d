import { verbs } from '../commands/index.ts'
import { dryRun } from '../dry-run.ts'
import { inEnvironment } from '../environment.ts'
import { interruptible } from '../interruption.ts'
import { asJson } from './as-json.ts'
import { Asked } from './asked.ts'
import type { Context } from './context.ts'
import { type Parsed, parse } from './parse.ts'
import { report } from './report.ts'
import type { Act } from './verb.ts'

/** Does what the arguments say; the exit code. */
export async function run(args: readonly string[], context: Context): Promise<number> {
  try {
    const { verb, asked } = helped(parse(args, verbs))
    const act = asked.text('api') === undefined ? await verb.load() : await remoteVerb(verb.name, asked)
    const acting = (inner: Context) =>
      inEnvironment(context.env, () => interruptible(context.interruption, () => act(asked, inner)))
    const isDry = asked.flag('dry-run')
    if (verb.changes && asked.flag('json')) return await asJson(verb.name, isDry, context, acting)
    return await (isDry ? dryRun(context.terminal.say, () => acting(context)) : acting(context))
  } catch (error) {
    return report(error, context.terminal)
  }
}

/** Loaded only where it is asked for, as verbs are. */
const remoteVerb = async (name: string, asked: Asked): Promise<Act> =>
  (await import('../api-client/remote-verbs.ts')).remoteVerb(name, asked)

/** --help asks for the help of the verb, whatever else was typed. */
function helped(parsed: Parsed): Parsed {
  const help = verbs.find(({ name }) => name === 'help')
  if (help === undefined || !parsed.asked.flag('help')) return parsed
  return { verb: help, asked: new Asked(parsed.verb.name.split(' ')) }
}
