import { announce } from '../canary/announce.ts'
import type { Canary } from '../canary/state.ts'
import { readStates } from '../canary/store.ts'
import type { Context } from '../cli/context.ts'
import { readRecord } from '../deploy/canary-kept.ts'
import { patiently } from '../deploy/watch/patience.ts'
import { pause } from '../deploy/watch/pause.ts'
import { Failure } from '../failure.ts'

const POLL_MS = 1000
const SERVED =
  'What it served is in `swarm logs`: the lines of the balancer with "side": "canary". Its own lines went with its instances.'
const CHART = '`swarm canary status --chart FILE` draws both versions over time.'

/**
 * Tells each change of a canary from state `number` on, until it has ended: 0 where it was promoted, else a Failure
 * with the evidence. It goes on without anybody who looks. Throws a Failure, too, where the swarm has lost it.
 */
export async function followCanary(stack: string, number: number, context: Context): Promise<number> {
  let told = number
  let last: Canary | undefined
  for (; ; await pause(POLL_MS)) {
    const states = await patiently(() => readStates(stack))
    const id = last?.id ?? states.find((state) => state.number === number)?.canary.id
    const own = states.filter(({ canary }) => canary.id === id)
    if (own.length === 0) throw gone(stack)
    for (const { number: at, canary } of own) {
      if (at < number) continue
      if (at > told) tell(announce(last, canary), context)
      told = Math.max(told, at)
      last = canary
      if (canary.phase.kind === 'ended') return ended(stack, canary, context)
    }
  }
}

const gone = (stack: string): Failure =>
  new Failure(
    'not found',
    `Nobody knows how the canary ended: ${stack} does not keep it any more. Somebody has deleted the app, or many canaries came after it.`,
    'See `swarm status` and `swarm releases`. If the app is gone and is to run, deploy it with `swarm up`.',
  )

function tell(line: string, { terminal }: Context): void {
  if (line !== '') terminal.say(`${line}\n`)
}

async function ended(stack: string, { id, phase }: Canary, context: Context): Promise<number> {
  if (phase.kind !== 'ended') return 0
  context.done?.({ canary: id, result: phase.result })
  if (phase.result === 'promoted') return 0
  const record = await readRecord(stack, id).catch(() => undefined)
  throw new Failure(
    'rolled back',
    `The canary was aborted: ${phase.reason}.`,
    record ? `${SERVED} ${CHART}` : SERVED,
    [...phase.evidence, ...(record?.table.trimEnd().split('\n') ?? [])],
  )
}
