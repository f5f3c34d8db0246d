import { compile } from '../compile/compile.ts'
import type { Compiled, Surroundings } from '../compile/types.ts'
import { sayFault } from '../definition/fault.ts'
import { Failure } from '../failure.ts'
import type { AskedApp } from './asked-app.ts'
import { configFiles } from './config-files.ts'
import type { Context } from './context.ts'

/** The stack of the app. Warnings are told; faults are a Failure. */
export function compiled(
  asked: AskedApp,
  { terminal, env }: Context,
  surroundings: Partial<Surroundings> = {},
): Compiled {
  const result = compile(asked.app, {
    environment: asked.environment,
    configs: configFiles(asked),
    ...(env.SWARM_BALANCER_IMAGE && { balancerImage: env.SWARM_BALANCER_IMAGE }),
    ...(env.SWARM_NODE_SOCKET && { engineSocket: env.SWARM_NODE_SOCKET }),
    ...surroundings,
  })
  for (const warning of result.warnings) terminal.complain(`warning: ${sayFault(warning)}\n`)
  if (result.faults.length === 0) return result
  throw new Failure(
    'definition',
    `The app cannot be compiled for ${asked.environment}:`,
    '`swarm help keys` tells what every key takes.',
    result.faults.map(sayFault),
  )
}
