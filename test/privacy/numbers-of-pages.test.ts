import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { CircuitOpen, longestAskedPause, systemCircuit } from '../../app/deliveries/circuit.ts'
import { backoff, nextStep } from '../../app/deliveries/retry-policy.ts'
import { windowMilliseconds } from '../../app/hooks/signature.ts'
import { linkLifetimeMilliseconds } from '../../app/invites/link-token.ts'
import { daysCounted, keptMilliseconds } from '../../app/invites/store-changes.ts'
import { OutsideError } from '../../app/outside/outside-error.ts'
import { monthsKept, mostKept } from '../../app/search/count-store.ts'
import { longestCounted } from '../../app/search/query-counts.ts'
import { longestName } from '../../app/visitor/visitor-page.ts'

const day = 24 * 3600 * 1000
const outage = new OutsideError('crm', 'unreachable', 'of this test')

/** How many days a delivery is tried. */
function daysTried(): number {
  const chanceAfter = (days: number) => ({ now: days * day, random: 0 })
  let days = 0
  while (nextStep(outage, { attempt: 1, triedSince: 0 }, chanceAfter(days + 1)).next !== 'give up') days += 1
  return days
}

/** After how many failures a system is left alone. */
async function failuresInARow(): Promise<number> {
  const circuit = systemCircuit('crm')
  for (let failures = 0; ; failures += 1) {
    const call = circuit.call(`task-${failures}`, () => Promise.reject(outage))
    if ((await call.catch((error: unknown) => error)) instanceof CircuitOpen) return failures
  }
}

const backoffs = [1, 2, 3, 50].map((attempt) => backoff(attempt, 1) / 1000)
const week = linkLifetimeMilliseconds === 7 * day
const threeDays = daysTried() === 3

/** Whether it is so, for each number of a page. */
type Numbers = Readonly<Record<string, boolean>>

// These are proven where the part is: privacy-page, sessions, link-token, outages, sign-in, files.
const elsewhere = ['14 days', '30 minutes', '8 hours', 'an hour', 'a year']
const elsewhereOfSignup = ['256 bits', 'five seconds', 'eight hours']
const asProven = (names: readonly string[]): Numbers => Object.fromEntries(names.map((name) => [name, true]))

const pages: Readonly<Record<string, Numbers>> = {
  privacy: {
    ...asProven(elsewhere),
    '30 days': keptMilliseconds === 30 * day,
    '400 days': daysCounted === 400,
    'three days': threeDays,
    'the week': week,
    '60 characters': longestName === 60,
    '80 characters': longestCounted === 80,
    '2,000 most': mostKept === 2000,
    '13 months': monthsKept === 13,
  },
  'docs/signup': {
    ...asProven(elsewhereOfSignup),
    'three days': threeDays,
    'a week': week,
    'a second, two, four, and so on up to an hour': String(backoffs) === '1,2,4,3600',
    'five failures': (await failuresInARow()) === 5,
    'ten minutes': longestAskedPause === 10 * 60 * 1000,
    'five minutes': windowMilliseconds === 5 * 60 * 1000,
  },
}

const number = String.raw`[\d,]+|an?|the|two|three|four|five|six|seven|eight|ten`
const unit = 'seconds|minutes?|hours?|days?|weeks?|months?|years?|characters|bits|kB|most|failures'
const counted = new RegExp(
  String.raw`\b(?:a second, two, four, and so on up to an hour|(?:${number}) (?:${unit}))\b`,
  'g',
)

for (const [page, numbers] of Object.entries(pages)) {
  test(`every number on the page ${page} is that of the code`, () => {
    const text = readFileSync(`content/pages/${page}.md`, 'utf8').replace(/\s+/g, ' ')
    assert.deepEqual([...new Set(text.match(counted))].sort(), Object.keys(numbers).sort())
    assert.deepEqual(
      Object.entries(numbers).filter(([, isTrue]) => !isTrue),
      [],
    )
  })
}
