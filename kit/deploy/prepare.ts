import { compiled } from '../cli/compiled.ts'
import type { Context } from '../cli/context.ts'
import type { Stack } from '../compile/types.ts'
import { resolveImages } from './digests.ts'
import { choosePins } from './pins.ts'
import type { Wanted } from './roll-out.ts'
import { type AskedRun, definitionOf } from './run.ts'
import { runningCounts } from './running-counts.ts'
import { asTheyRun } from './same-image.ts'
import { newestOf, readSecrets } from './secrets/kept-secrets.ts'
import { needSecrets } from './secrets/missing.ts'
import type { State } from './state.ts'

/** What the definition wants of the swarm as it is. Throws a Failure while nothing is changed yet. */
export async function prepare(run: AskedRun, state: State): Promise<Wanted> {
  const { context, stack: name } = run
  const app = definitionOf(run)
  const tell = context.terminal.complain
  const written = compiled(app, silent(context)).stack
  const newest = newestOf(await readSecrets(name))
  needSecrets(written, newest, app.environment)
  const images = asTheyRun(await resolveImages(name, imagesOf(written), tell), state.services)
  const { stack, configs, pins } = compiled(app, context, {
    instances: runningCounts(state),
    images,
    secrets: newest,
  })
  return { stack, configs, pins: choosePins(pins, state) }
}

const imagesOf = ({ services }: Stack): string[] => Object.values(services).map(({ image }) => image)

/** Warnings are told once. */
const silent = (context: Context): Context => ({
  ...context,
  terminal: { ...context.terminal, complain() {} },
})
