import { printStack } from '../compile/print.ts'
import type { Stack } from '../compile/types.ts'
import type { SwarmService } from '../swarm/services.ts'
import { revisionOf } from './author.ts'
import { keepRelease, nextNumber } from './releases.ts'
import type { Run } from './run.ts'
import type { State } from './state.ts'
import { specsOf } from './unchanged.ts'

/** Keeps what runs as a release; its number. */
export async function recordRelease(
  { stack: name, environment, context, who, why }: Run,
  { releases }: State,
  stack: Stack,
  services: readonly SwarmService[],
): Promise<number> {
  const revision = await revisionOf()
  const number = nextNumber(releases)
  const release = {
    number,
    who,
    when: context.now().toISOString(),
    reason: why,
    ...(revision && { revision }),
    environment,
    stack: printStack(stack),
    images: [...new Set(Object.values(stack.services).map(({ image }) => image))].sort(),
    secrets: Object.values(stack.secrets).map((one) => one.name),
    configs: Object.values(stack.configs).map((one) => one.name),
    specs: specsOf(services),
  }
  await keepRelease(name, release, releases)
  return number
}
