import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from '../cli/context.ts'
import { Interrupted } from '../interruption.ts'
import { defaultRates } from './admission.ts'
import { Audit } from './audit.ts'
import { auditConfigs } from './audit-configs.ts'
import { type ControlledApp, performOn } from './perform.ts'
import type { Api, Going } from './route.ts'
import { apiServer } from './server.ts'
import { Tasks } from './tasks.ts'
import { readTokens, type Token } from './tokens.ts'
import { Turns } from './turns.ts'

/** Of the container; what leads here from outside has to bring TLS. */
export const API_PORT = 8408

/** What was begun gives back its lock within this time; Swarm waits ten seconds for a container to end. */
const ENDING_MS = 8000

export interface RunningApi {
  /** Takes no requests any more, breaks off what is under way, and waits until that has given back its lock. */
  close(): Promise<void>
}

/** Runs the management API of an app where CONTROL_TOKENS_FILE names its tokens; says so where it does not. */
export async function runApi(
  app: ControlledApp,
  context: Context,
  write: (line: object) => void,
  going: Going,
  port = API_PORT,
): Promise<RunningApi | undefined> {
  const tokens = tokensOf(context, write)
  if (tokens === undefined) return undefined
  const interruption = new AbortController()
  const api = apiOf(app, { ...context, interruption: interruption.signal }, write, going)
  const server = apiServer({ api, env: context.env, tokens, rates: defaultRates, write }).listen(port)
  await once(server, 'listening')
  write({ level: 'info', msg: `the API listens on port ${port} for ${tokens.length} tokens` })
  return {
    async close() {
      interruption.abort(new Interrupted('SIGTERM'))
      await Promise.race([api.tasks.idle(), sleep(ENDING_MS, undefined, { ref: false })])
      await closed(server)
    },
  }
}

/** Its parts, of which no two are the same app's. */
export const apiOf = (
  app: ControlledApp,
  context: Context,
  write: (line: object) => void,
  going: Going,
): Api => ({
  app,
  perform: performOn(app, context),
  tasks: new Tasks(context.now),
  audit: new Audit(auditConfigs(app.stack), write),
  turns: new Turns(2, 20, 2),
  changes: new Turns(1, 20, 1),
  streams: new Turns(2, 0),
  now: context.now,
  going,
})

/** Whatever is wrong with them, canaries go on: their control is more than its API. */
function tokensOf({ env }: Context, write: (line: object) => void): Token[] | undefined {
  const file = env.CONTROL_TOKENS_FILE
  if (!file) {
    write({ level: 'info', msg: 'the API is off: CONTROL_TOKENS_FILE names no tokens' })
    return undefined
  }
  try {
    return readTokens(readFileSync(file, 'utf8'))
  } catch (error) {
    write({ level: 'error', msg: `the API is off: ${(error as Error).message}` })
    return undefined
  }
}

async function closed(server: Server): Promise<void> {
  const end = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await end
}
