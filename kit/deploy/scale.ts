import { namedComponent } from '../cli/named-components.ts'
import { usage } from '../cli/parse.ts'
import type { Component } from '../definition/model.ts'
import { change } from '../docker.ts'
import { isDryRun } from '../dry-run.ts'
import { Failure } from '../failure.ts'
import type { SwarmService } from '../swarm/services.ts'
import { orElseBack } from './bring-back.ts'
import { scaleServices } from './commands.ts'
import { releasedScale } from './released-scale.ts'
import type { AskedRun } from './run.ts'
import { readState } from './state.ts'
import { startMemory } from './watch/memory.ts'
import { untilSettled } from './watch/wait.ts'

export type Direction = 'up' | 'down'

type Scaled = Pick<Component, 'fullName' | 'scale'>

/** An app, as far as it says how many instances its components may have. */
export interface ScaledApp {
  readonly services: readonly { readonly components: readonly Scaled[] }[]
}

/** Which component, and how many instances it shall have; without a number one more or less. */
export function scaleTo(
  words: readonly string[],
  { services }: ScaledApp,
  running: readonly SwarmService[],
  direction: Direction,
): { readonly service: SwarmService; readonly count: number } {
  const components = services.flatMap((one) => one.components)
  const [name, number] = words[0]?.split('=') ?? [onlyScaled(components)]
  const full = namedComponent(
    name ?? '',
    components.map(({ fullName }) => fullName),
  )
  const component = components.find(({ fullName }) => fullName === full)
  const service = running.find((one) => one.component === full && one.kind === 'component')
  if (component === undefined || service === undefined)
    throw new Failure('not found', `${full} does not run.`, '`swarm up` starts it.')
  if (service.mode !== 'replicated')
    throw new Failure(
      'refused',
      `${full} has one instance on each machine.`,
      'Add machines, or take some away.',
    )
  const now = service.replicas ?? 0
  const count = number === undefined ? now + (direction === 'up' ? 1 : -1) : Number(number)
  check(component, count, now, direction)
  return { service, count }
}

function check({ fullName, scale }: Scaled, count: number, now: number, direction: Direction): void {
  if (!Number.isInteger(count) || count < 0) throw usage('COMPONENT=NUMBER takes a whole number.')
  if (direction === 'up' ? count < now : count > now)
    throw usage(
      `${fullName} has ${now} instances; for ${count}, it is scale${direction === 'up' ? 'down' : 'up'}.`,
    )
  if (count >= scale.min && count <= scale.max) return
  throw new Failure(
    'refused',
    `${fullName} may have ${scale.min} to ${scale.max} instances, not ${count}.`,
    'Change its scaling_policy in swarm.json, and run `swarm up`.',
  )
}

function onlyScaled(components: readonly Scaled[]): string {
  const scaled = components.filter(({ scale }) => scale.max > scale.min)
  const [only] = scaled
  if (only && scaled.length === 1) return only.fullName
  throw usage(
    `Say which component: ${scaled.map(({ fullName }) => fullName).join(', ') || 'none can be scaled'}.`,
  )
}

/** Gives a component another number of instances, or leaves it as it was. */
export async function scale(run: AskedRun, words: readonly string[], direction: Direction): Promise<void> {
  const { stack, seconds, context } = run
  const state = await readState(stack)
  const { service, count } = scaleTo(words, run.app?.app ?? releasedScale(state), state.services, direction)
  const memory = startMemory(state, performance.now())
  await orElseBack(run, state, async () => {
    await change(scaleServices(new Map([[service.name, count]])))
    if (isDryRun()) return
    const awaited = [{ name: service.name, count }]
    await untilSettled({ stack, awaited, memory, seconds, terminal: context.terminal })
  })
}
