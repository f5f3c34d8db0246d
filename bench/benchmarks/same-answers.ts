import { openInviteStore } from '../../app/invites/open-invite-store.ts'
import type { Benchmark, Row } from '../benchmark.ts'
import { median } from '../median.ts'
import { startEntry } from '../processes.ts'
import { startRedis } from '../redis.ts'
import { type Form, formsToCompare } from '../same-answers-forms.ts'
import { sendForm } from '../send-form.ts'
import { signupSettings } from '../signup-settings.ts'

const answersPerRound = 100
const warmUp = 20
const mostDifference = 2

/** Whether an answer, or the time that it takes, tells what the site knows of an address or a link. */
export const sameAnswers: Benchmark = {
  title: 'Forms with what the site knows and with what it does not: the difference of the medians',
  how: ({ rounds }) =>
    `${rounds * answersPerRound} answers a form and kind, in turns, one after the other; their bytes are the same.`,
  async run({ rounds }) {
    const [queue, cache] = [await startRedis('queue'), await startRedis()]
    const settings = signupSettings({ queue: queue.url, cache: cache.url })
    const website = await startEntry('app/server.ts', settings)
    const store = await openInviteStore(queue.url)
    try {
      const count = warmUp + rounds * answersPerRound
      const forms = await formsToCompare({
        site: website.url,
        store,
        secret: settings.SIGNUP_SECRETS,
        count,
      })
      const rows: Row[] = []
      for (const form of forms) rows.push(rowOf(form, await timesOf(form, website.url, count)))
      return rows
    } finally {
      await store.close()
      for (const { stop } of [website, cache, queue]) await stop()
    }
  },
}

/** Milliseconds of each answer, by kind. Throws when an answer differs from the others. */
async function timesOf({ path, cookie, kinds }: Form, site: string, count: number) {
  const names = Object.keys(kinds)
  const times = new Map(names.map((name) => [name, [] as number[]]))
  const answers = new Set<string>()
  for (let number = 0; number < count; number++) {
    // Another kind is first each time.
    for (const name of names.map((_, at) => names[(at + number) % names.length] ?? '')) {
      const begun = performance.now()
      answers.add(await sendForm(site + path, kinds[name]?.[number] ?? {}, cookie))
      if (number >= warmUp) times.get(name)?.push(performance.now() - begun)
    }
  }
  if (answers.size > 1) throw new Error(`${path} tells kinds apart:\n${[...answers].join('\n\n')}`)
  return times
}

function rowOf({ key, path }: Form, times: ReadonlyMap<string, readonly number[]>): Row {
  const medians = [...times].map(([name, all]) => [`${name}Ms`, Number(median(all).toFixed(2))] as const)
  const values = medians.map(([, value]) => value)
  return {
    key,
    name: `POST ${path}`,
    unit: 'ms',
    value: Math.max(...values) - Math.min(...values),
    goal: { of: 'value', most: mostDifference },
    facts: Object.fromEntries(medians),
  }
}
