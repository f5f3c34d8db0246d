import type { Context } from '../cli/context.ts'
import type { Stack } from '../compile/types.ts'
import { Failure } from '../failure.ts'
import { LABELS } from '../swarm/labels.ts'
import { sameInstances } from './stack-parts.ts'

/** Key of the service that controls the app: the compiler tells it which app that is. */
const controlKey = ({ services }: Stack): string | undefined =>
  Object.keys(services).find((key) => services[key]?.environment?.CONTROL_STACK !== undefined)

/** Full name of the control that does this for somebody: it would end itself in the middle of it. */
export function ownControl(stack: Stack, { caller }: Context): string | undefined {
  const key = caller && controlKey(stack)
  return key === undefined ? undefined : stack.services[key]?.deploy.labels[LABELS.component]
}

/** The components without the control that does this; a Failure where nothing else was named. */
export function besidesOwn(components: readonly string[], stack: Stack, context: Context): string[] {
  const own = ownControl(stack, context)
  const others = components.filter((component) => component !== own)
  if (others.length > 0 || components.length === 0) return others
  throw new Failure(
    'refused',
    `${own} does this, so it cannot replace or end itself.`,
    'Run the command with the engine: `swarm` without --api.',
  )
}

/** The stack with the control that does this as it is in another one. */
export function withOwnOf(current: Stack, wanted: Stack, context: Context): Stack {
  const key = context.caller && controlKey(current)
  const own = key === undefined ? undefined : current.services[key]
  if (key === undefined || own === undefined) return wanted
  const other = wanted.services[key]
  if (other && sameInstances(other, own)) return wanted
  context.terminal.say(`${ownControl(current, context)} does this, and stays as it is.\n`)
  return {
    ...wanted,
    services: { ...wanted.services, [key]: own },
    networks: { ...current.networks, ...wanted.networks },
    secrets: { ...current.secrets, ...wanted.secrets },
    configs: { ...current.configs, ...wanted.configs },
  }
}
