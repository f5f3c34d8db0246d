import type { z } from 'zod'
import { namedComponent } from '../cli/named-components.ts'
import { readServices } from '../swarm/services.ts'
import type { scaleBody } from './bodies.ts'
import { type Change, lockOptions } from './change.ts'
import type { Api } from './route.ts'

/** More or fewer instances: the command has a verb for each, and here a number may say it. */
export async function scaleChange(
  { component, instances, direction, force, timeout }: z.infer<typeof scaleBody>,
  api: Api,
  gone: AbortSignal,
): Promise<Change> {
  const findWay = () => wayTo(instances ?? 0, component ?? '', api)
  const way = direction ?? (await api.changes.take(findWay, gone))
  const count = instances === undefined ? '' : `=${instances}`
  return {
    verb: `scale${way}`,
    words: component === undefined ? [] : [`${component}${count}`],
    options: lockOptions({ force, timeout }),
  }
}

async function wayTo(count: number, word: string, { app }: Api): Promise<'up' | 'down'> {
  const services = await readServices(app.stack)
  const own = services.filter(({ kind }) => kind === 'component')
  const full = namedComponent(
    word,
    own.map(({ component }) => component),
  )
  const now = own.find(({ component }) => component === full)?.replicas ?? 0
  return count >= now ? 'up' : 'down'
}
