import { hostname } from 'node:os'
import { change, docker } from '../docker.ts'
import { isDryRun } from '../dry-run.ts'
import { Failure } from '../failure.ts'
import { regardless } from '../interruption.ts'
import { isMissing, isTaken } from '../swarm/ask.ts'
import { LABELS } from '../swarm/labels.ts'
import { readObject, type SwarmObject } from '../swarm/objects.ts'
import { createObject, removeObjects } from './commands.ts'
import { patiently } from './watch/patience.ts'
import { pause } from './watch/pause.ts'

/** What a lock says of its holder. */
export interface Holder {
  readonly who: string
  /** ISO 8601. */
  readonly when: string
  readonly why: string
  readonly host: string
  readonly process: number
  /** It is given back within seconds by itself. */
  readonly isBrief?: boolean
}

export interface Locking {
  readonly stack: string
  readonly who: string
  readonly why: string
  readonly now: () => Date
  /** Takes over the lock that is there. */
  readonly force: boolean
  readonly tell: (text: string) => void
  /** Of work of a few seconds that nobody asked for: others wait for it. It waits for nobody. */
  readonly isBrief?: boolean
}

/** The lock in the hands of the work under way. */
export interface Held {
  /** Throws a Failure if somebody has taken it over since, or if the swarm does not say so for too long. */
  check(): Promise<void>
}

const ASK_AGAIN_MS = 300
/** Whoever does brief work for so long has died in it. */
const BRIEF_MS = 15_000

const lockName = (stack: string): string => `${stack}_lock`

/**
 * Runs `work` while no other deploy of the app does anything. The lock is a Swarm config, of whose names there is
 * only one each: creating it succeeds for one, whichever manager is asked.
 */
export async function locked<T>(locking: Locking, work: (held: Held) => Promise<T>): Promise<T> {
  const id = await take(locking)
  try {
    return await work({ check: () => checkOwn(locking.stack, id) })
  } finally {
    // By its id, so that the lock of somebody who took over stays.
    await regardless(() => release(id, locking))
  }
}

async function take(locking: Locking): Promise<string> {
  const { stack, who, why, now, force, tell, isBrief = false } = locking
  const holder: Holder = {
    ...{ who, when: now().toISOString(), why, host: hostname(), process: process.pid },
    ...(isBrief && { isBrief }),
  }
  const labels = { [LABELS.app]: stack, [LABELS.kind]: 'lock' }
  const create = createObject('config', lockName(stack), labels, JSON.stringify(holder))
  try {
    return await change(create)
  } catch (error) {
    if (!isTaken(error)) throw error
  }
  const there = await (isBrief ? readLock(stack) : readLasting(stack))
  if (there !== undefined) {
    if (!force) throw refusal(stack, holderOf(there), now())
    tell(`Taking over the lock of ${sayHolder(holderOf(there), now())}.\n`)
    await change(removeObjects('config', [there.id])).catch(() => undefined)
  }
  return change(create).catch(async (error: unknown) => {
    if (!isTaken(error)) throw error
    const other = await readLock(stack)
    throw refusal(stack, other && holderOf(other), now())
  })
}

/** The lock that is there, once it is none of brief work. */
async function readLasting(stack: string): Promise<SwarmObject | undefined> {
  for (let waited = 0; ; waited += ASK_AGAIN_MS) {
    const there = await readLock(stack)
    if (there === undefined || !holderOf(there).isBrief || waited >= BRIEF_MS) return there
    await pause(ASK_AGAIN_MS)
  }
}

async function release(id: string, { stack, tell }: Locking): Promise<void> {
  if (isDryRun()) return void (await change(removeObjects('config', [lockName(stack)])))
  try {
    await docker(removeObjects('config', [id]))
  } catch (error) {
    if (!isMissing(error))
      tell(`The lock ${lockName(stack)} could not be removed: the next deploy needs --force.\n`)
  }
}

const readLock = (stack: string): Promise<SwarmObject | undefined> => readObject('config', lockName(stack))

async function checkOwn(stack: string, id: string): Promise<void> {
  if (isDryRun() || (await patiently(() => readLock(stack)))?.id === id) return
  throw new Failure(
    'locked',
    `Somebody has taken over the lock of ${stack} meanwhile.`,
    'See `swarm status` for what runs, and `swarm releases` for who deployed it.',
  )
}

function holderOf({ content = '{}', createdAt }: SwarmObject): Holder {
  const unknown = { who: 'somebody', when: createdAt, why: 'a deploy', host: '', process: 0 }
  return { ...unknown, ...(JSON.parse(content) as Partial<Holder>) }
}

// No deploy takes so long by itself.
const STALE_MINUTES = 30

function sayHolder({ who, when, why, host, process: pid }: Holder, now: Date): string {
  const minutes = Math.floor((now.getTime() - new Date(when).getTime()) / 60_000)
  const dead = host === hostname() && pid > 0 && !lives(pid)
  const state = dead ? ', whose process is gone' : minutes >= STALE_MINUTES ? ', probably left behind' : ''
  return `${who} (${why}, for ${minutes} min, since ${when}${state})`
}

const refusal = (stack: string, holder: Holder | undefined, now: Date): Failure =>
  new Failure(
    'locked',
    `${stack} is locked by ${holder ? sayHolder(holder, now) : 'somebody else'}.`,
    'Wait until that has ended. If nobody works on it any more, take it over with --force.',
  )

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
