import type { TestContext } from 'node:test'
import type { Config } from '../../app/config/config.ts'
import type { Canary } from '../../kit/canary/state.ts'
import { writeState } from '../../kit/canary/store.ts'
import type { Act } from '../../kit/cli/verb.ts'
import { keepRelease } from '../../kit/deploy/releases.ts'
import { type RunningApi, runningApi, STACK, secretOf } from '../kit/api/running-api.ts'
import { canary } from '../kit/control/parts.ts'
import { startOperatorSite } from '../operators/operator-site.ts'
import { fieldOf } from '../operators/signed-in.ts'
import { until } from '../until.ts'
import { openDoor } from './door.ts'

export const stepping = canary({ phase: { kind: 'stepping', index: 0, since: '2026-11-21T18:00:00.000Z' } })

const release = {
  ...{ number: 3, who: 'ann', when: '2026-11-21T16:33:05Z', reason: 'up', environment: 'dogfood/production' },
  ...{ stack: 'services: {}\n', images: [], secrets: [], configs: [], specs: {} },
}

interface Arranged {
  /** What verbs do instead of what they are. */
  readonly acts?: Readonly<Record<string, Act>>
  /** What docker answers besides, as in runningApi. */
  readonly docker?: string
  readonly under?: Canary
  /** What else is in the swarm. */
  readonly arrange?: () => Promise<void>
  readonly changes?: Partial<Config>
  /** Of control's token. */
  readonly role?: string
}

/** A verb that prints this. */
export const prints =
  (value: unknown): Act =>
  async (_, { terminal }) => {
    terminal.say(`${JSON.stringify(value)}\n`)
    return 0
  }

/** The site with the real API of a recorded swarm behind its console, and an operator who is signed in. */
export async function startConsole(
  t: TestContext,
  { acts = {}, docker = '', under, arrange, changes, role }: Arranged = {},
) {
  // Before the folder of the swarm goes, which a reading under way uses.
  let end = async (): Promise<void> => {}
  t.after(() => end())
  const running = await runningApi(t, { acts, docker })
  await running.inSwarm(async () => {
    await keepRelease(STACK, release, [])
    if (under) await writeState(STACK, 7, under, 'ada')
    await arrange?.()
  })
  const token = secretOf(role ?? 'operate')
  const door = await openDoor(t, running.url)
  const site = await startOperatorSite(t, { controlUrl: door.url, controlToken: token, ...changes })
  end = async () => {
    site.ofConsole.close()
    door.shut()
    await quiet(running)
  }
  const operator = await site.signIn()
  const page = async () => (await operator.get('/console')).text()
  // However slow the machine is: a page does not wait for control for long.
  if (!changes) await until(async () => /As of/.test(await page()), 'the first reading')
  /** Sends the form of a page, with what it holds. */
  const act = async (name: string, more: Record<string, string> = {}) =>
    operator.post(`/console/${name}`, { canary: fieldOf(await page(), 'canary'), ...more })
  return { running, door, site, operator, page, act, token }
}

/** When no question is asked any more: then all turns are to be had at once. */
async function quiet({ api }: RunningApi): Promise<void> {
  const { promise: all, resolve } = Promise.withResolvers<void>()
  let taken = 0
  const hold = () => {
    taken++
    if (taken === 3) resolve()
    return all
  }
  await Promise.all([api.turns.take(hold), api.turns.take(hold), api.changes.take(hold)])
}

export type ConsoleSite = Awaited<ReturnType<typeof startConsole>>

/** The lines of the audit log of the console, without times. */
export const auditedBy = ({ site }: ConsoleSite) =>
  site.lines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ audit, action }) => audit === true && action === 'console action')
