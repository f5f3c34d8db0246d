import { setTimeout as sleep } from 'node:timers/promises'
import { runApi } from '../api/run-api.ts'
import type { Canary } from '../canary/state.ts'
import { statesIn, writeState } from '../canary/store.ts'
import type { Context } from '../cli/context.ts'
import { Failure } from '../failure.ts'
import { LABELS } from '../swarm/labels.ts'
import { steeredBalancers } from './all-balancers.ts'
import { Steersman } from './control.ts'
import { engineAt } from './engine-api.ts'
import { SPLIT_PORT, splitServer } from './http-server.ts'
import { workOn } from './work.ts'

const SOCKET = '/var/run/docker.sock'
/** As the author of states. */
const CONTROL = 'control'
/** While there is a canary; an end of it has to reach all visitors within two seconds. */
const TICK_MS = 250
const IDLE_TICK_MS = 1000
/** Without an answer of the swarm for so long, a manager elsewhere may do better. */
const SILENT_MS = 30_000

/** Controls the app that the environment names, until it is told to end. Throws a Failure where it names none. */
export async function runControl(context: Context, signal: AbortSignal): Promise<void> {
  const { CONTROL_STACK: stack, CONTROL_ENVIRONMENT: environment } = context.env
  if (!stack || !environment)
    throw new Failure(
      'usage',
      'CONTROL_STACK and CONTROL_ENVIRONMENT are not set.',
      'Run it as a component with `"control": true`: `swarm up` sets both.',
    )
  const write = (line: object) =>
    context.terminal.say(
      `${JSON.stringify({ time: context.now().toISOString(), component: 'control', ...line })}\n`,
    )
  const tell = (level: 'info' | 'error', msg: string) => write({ level, msg })
  const engine = engineAt(SOCKET)
  const balancers = steeredBalancers(stack, engine, tell)
  const work = workOn(stack, environment, engine, quiet(context, tell))
  const store = {
    read: async () => statesIn(stack, await engine.configs(`${LABELS.canary}=${stack}`)),
    write: (number: number, canary: Canary) => writeState(stack, number, canary, CONTROL),
  }
  const steersman = new Steersman({ stack, engine, store, balancers, work, now: context.now, tell })
  let answered = performance.now()
  const isWell = () => performance.now() - answered < SILENT_MS
  const server = splitServer({ word: () => steersman.word, isWell }).listen(SPLIT_PORT)
  const api = await runApi({ stack, environment }, context, write, { waitsFor: () => steersman.waitsFor })
  let lastFault = ''
  while (!signal.aborted) {
    const fault = await steersman.tick().then(
      () => '',
      (error: Error) => error.message,
    )
    if (fault === '') answered = performance.now()
    if (fault !== '' && fault !== lastFault) tell('error', fault)
    lastFault = fault
    await sleep(steersman.isIdle ? IDLE_TICK_MS : TICK_MS, undefined, { signal }).catch(() => undefined)
  }
  steersman.end()
  server.close()
  await api?.close()
}

/** What a deploy tells on its way, as lines of the log. */
const quiet = (context: Context, tell: (level: 'info' | 'error', msg: string) => void): Context => ({
  ...context,
  terminal: {
    ...context.terminal,
    isTerminal: false,
    say: (text) => tell('info', text.trimEnd()),
    complain: (text) => tell('error', text.trimEnd()),
  },
})
