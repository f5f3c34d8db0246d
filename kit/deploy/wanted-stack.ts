import type { AskedApp } from '../cli/asked-app.ts'
import { compiled } from '../cli/compiled.ts'
import type { Context } from '../cli/context.ts'
import type { Stack } from '../compile/types.ts'
import { withDigests } from './change-images.ts'
import { resolveImages } from './digests.ts'
import { runningCounts } from './running-counts.ts'
import { asTheyRun, knownImages } from './same-image.ts'
import type { State } from './state.ts'
import { lasting } from './unchanged.ts'

/** What a deploy would put into the swarm, as far as it can be told without one. `secrets` names the newest of each. */
export async function wantedStack(
  stack: string,
  app: AskedApp,
  context: Context,
  { state, secrets }: { readonly state: State; readonly secrets: ReadonlyMap<string, string> },
  { offline }: { readonly offline: boolean },
): Promise<Stack> {
  const written = compiled(app, context, { instances: runningCounts(state), secrets }).stack
  const missing = Object.keys(written.secrets).filter((name) => !secrets.has(name))
  if (missing.length > 0)
    context.terminal.complain(
      `Not set: ${missing.join(', ')}. A deploy needs \`swarm secrets set\` of them.\n`,
    )
  const names = Object.values(written.services).map(({ image }) => image)
  const images = offline
    ? knownImages(lasting(state.services))
    : asTheyRun(await resolveImages(stack, names, context.terminal.complain), state.services)
  return withDigests(written, images)
}
