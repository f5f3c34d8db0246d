import { askedApp } from '../cli/asked-app.ts'
import { usage } from '../cli/parse.ts'
import { printJson } from '../cli/print.ts'
import type { Act } from '../cli/verb.ts'
import { stackName } from '../compile/names.ts'
import { readStack } from '../compile/read-stack.ts'
import { readReleases } from '../deploy/releases.ts'
import { Failure } from '../failure.ts'

export const cat: Act = async (asked, context) => {
  const { app, environment } = askedApp(asked, context)
  const [number] = asked.words
  if (number !== undefined && !/^\d+$/.test(number)) throw usage(`"${number}" is no number of a release.`)
  const stack = stackName(app.name, environment)
  const kept = await readReleases(stack)
  const release = number === undefined ? kept[0] : kept.find((one) => one.number === Number(number))
  if (release === undefined)
    throw new Failure(
      'not found',
      number === undefined ? `No release of ${stack} is kept.` : `Release ${number} of ${stack} is not kept.`,
      kept.length === 0
        ? '`swarm up` makes the first.'
        : `These are: ${kept.map((one) => one.number).join(', ')}.`,
    )
  if (asked.flag('json')) printJson(readStack(release.stack), context)
  else context.terminal.say(release.stack)
  return 0
}
