import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Asked } from '../cli/asked.ts'
import { askedApp } from '../cli/asked-app.ts'
import type { Context } from '../cli/context.ts'
import { usage } from '../cli/parse.ts'
import type { Act } from '../cli/verb.ts'
import { stackName } from '../compile/names.ts'
import { setSecret } from '../deploy/secrets/set-secret.ts'
import { isDryRun } from '../dry-run.ts'
import { Failure } from '../failure.ts'

export const secretsSet: Act = async (asked, context) => {
  const [name = ''] = asked.words
  if (!/^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(name))
    throw usage(`"${name}" is no name of a secret: letters, digits, "_", "-" and "." are.`)
  const { app, environment } = askedApp(asked, context)
  const content = await contentOf(asked, context)
  if (content.length === 0)
    throw new Failure(
      'refused',
      `The content of ${name} is empty.`,
      'Give it on standard input, or with --from FILE.',
    )
  if (content.length > MOST_BYTES)
    throw new Failure(
      'refused',
      `${name} has ${content.length} bytes; a Swarm keeps ${MOST_BYTES}.`,
      'Make it smaller.',
    )
  const { isNew } = await setSecret(stackName(app.name, environment), name, content)
  if (isDryRun()) return 0
  context.done?.({ changed: isNew })
  context.terminal.say(
    isNew
      ? `${name} is set. \`swarm up\` gives it to the components that use it.\n`
      : `${name} had that content already.\n`,
  )
  return 0
}

const MOST_BYTES = 500 * 1024

async function contentOf(asked: Asked, { directory, input }: Context): Promise<Uint8Array> {
  const file = asked.text('from')
  if (file === undefined) {
    if (input.isTerminal)
      throw usage('The content comes from standard input: `swarm secrets set NAME < FILE`, or --from FILE.')
    return input.all()
  }
  try {
    return readFileSync(resolve(directory, file))
  } catch (error) {
    throw new Failure(
      'not found',
      `${file} cannot be read: ${(error as Error).message}.`,
      'Name another file.',
    )
  }
}
