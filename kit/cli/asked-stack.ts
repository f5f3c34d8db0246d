import { stackName } from '../compile/names.ts'
import type { Asked } from './asked.ts'
import { type AskedApp, askedApp } from './asked-app.ts'
import type { Context } from './context.ts'

/** What a verb works on. */
export interface AskedStack {
  readonly stack: string
  /** `org/env`. */
  readonly environment: string
  /** What a definition says of it; without one, its releases do. */
  readonly app?: AskedApp
}

/** The app of whoever works for others, else that of swarm.json in the environment that was asked for. */
export function askedStack(asked: Asked, context: Context): AskedStack {
  if (context.caller) return context.caller
  const app = askedApp(asked, context)
  return { stack: stackName(app.app.name, app.environment), environment: app.environment, app }
}
