import { type InviteRequest, inviteId } from '../../app/invites/invite.ts'
import type { InviteStore } from '../../app/invites/invite-store.ts'
import { openInviteStore } from '../../app/invites/open-invite-store.ts'
import type { Benchmark, Row } from '../benchmark.ts'
import { filledForm } from '../invite-form.ts'
import { median } from '../median.ts'
import { startEntry } from '../processes.ts'
import { startRedis } from '../redis.ts'
import { sendForm } from '../send-form.ts'
import { signupSettings } from '../signup-settings.ts'

const answersPerRound = 100
const mostDifference = 2

/** What the site may know of an address, and a way for it to come to know it. */
type Kind = 'new' | 'requested' | 'invited' | 'signed up' | 'malformed'

interface Form {
  readonly key: string
  readonly path: string
  readonly kinds: readonly Kind[]
}

const forms: readonly Form[] = [
  { key: 'invite', path: '/invite', kinds: ['new', 'requested', 'invited', 'signed up'] },
  { key: 'link', path: '/signup/link', kinds: ['new', 'requested', 'invited', 'signed up', 'malformed'] },
]

/** Whether an answer, or the time that it takes, tells what the site knows of an address. */
export const sameAnswers: Benchmark = {
  title: 'Forms with addresses that the site knows and does not know: the difference of the medians',
  how: ({ rounds }) =>
    `${rounds * answersPerRound} answers a form and kind of address, in turns, one after the other; their bytes are the same.`,
  async run({ rounds }) {
    const [queue, cache] = [await startRedis('queue'), await startRedis()]
    const website = await startEntry('app/server.ts', signupSettings({ queue: queue.url, cache: cache.url }))
    const store = await openInviteStore(queue.url)
    try {
      const rows: Row[] = []
      for (const form of forms) rows.push(await compare(form, website.url, store, rounds * answersPerRound))
      return rows
    } finally {
      await store.close()
      for (const { stop } of [website, cache, queue]) await stop()
    }
  },
}

async function compare(
  { key, path, kinds }: Form,
  site: string,
  store: InviteStore,
  count: number,
): Promise<Row> {
  for (const kind of kinds) await makeKnown(store, key, kind, count)
  const fields = await filledForm(site)
  const times = new Map(kinds.map((kind) => [kind, [] as number[]]))
  const answers = new Set<string>()
  for (let number = 0; number < count; number++) {
    // Another kind is first each time.
    const turn = kinds.map((_, at) => kinds[(at + number) % kinds.length] as Kind)
    for (const kind of turn) {
      const begun = performance.now()
      answers.add(await sendForm(site + path, { ...fields, email: addressOf(key, kind, number) }))
      times.get(kind)?.push(performance.now() - begun)
    }
  }
  if (answers.size > 1) throw new Error(`${path} tells addresses apart:\n${[...answers].join('\n\n')}`)
  return rowOf(key, path, times)
}

function rowOf(key: string, path: string, times: ReadonlyMap<Kind, readonly number[]>): Row {
  const medians = [...times].map(([kind, all]) => [`${kind} ms`, median(all)] as const)
  const values = medians.map(([, value]) => value)
  return {
    key,
    name: `POST ${path}`,
    unit: 'ms',
    value: Math.max(...values) - Math.min(...values),
    goal: { of: 'value', most: mostDifference },
    facts: Object.fromEntries(
      medians.map(([kind, value]) => [
        kind.replace(/ (\w)/g, (_, letter: string) => letter.toUpperCase()),
        Number(value.toFixed(2)),
      ]),
    ),
  }
}

function addressOf(form: string, kind: Kind, number: number): string {
  const name = `${kind.replace(' ', '-')}${number}`
  return kind === 'malformed' ? `${name} at ${form}` : `${name}@${form}.example`
}

async function makeKnown(store: InviteStore, form: string, kind: Kind, count: number): Promise<void> {
  if (kind === 'new' || kind === 'malformed') return
  for (let number = 0; number < count; number++) {
    const email = addressOf(form, kind, number)
    const at = new Date().toISOString()
    const known: InviteRequest = { email, name: 'A Visitor', company: '', purpose: '', at }
    await store.request(known)
    if (kind !== 'requested') await store.invite(inviteId(email), at)
    if (kind === 'signed up') await store.signedUp(inviteId(email), 'example', at)
  }
}
