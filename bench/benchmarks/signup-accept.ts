import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { openInviteStore } from '../../app/invites/open-invite-store.ts'
import type { Benchmark, Effort, Row } from '../benchmark.ts'
import { needDocker } from '../drills/need-docker.ts'
import { filledForm } from '../invite-form.ts'
import { median } from '../median.ts'
import { medians } from '../rounds.ts'
import { type SignupStack, startSignupWithHangingCrm } from '../signup-stack.ts'
import { type Load, load } from '../wrk.ts'

const connections = 16
const leastAccepted = 1000
const mostMedian = 20
const mostP99 = 150
const script = join(import.meta.dirname, 'invite-requests.lua')
const patience = 300_000

/** How many invite requests are taken while the CRM does not answer. */
export const signupAccept: Benchmark = {
  title: `POST /invite through nginx while the CRM hangs, a different address each, ${connections} connections`,
  async run(effort) {
    await needDocker()
    const stack = await startSignupWithHangingCrm()
    try {
      return rowsOf(await loads(stack, effort))
    } finally {
      await stack.stop()
    }
  },
}

async function loads({ url, queueUrl }: SignupStack, { rounds, seconds }: Effort): Promise<Load[]> {
  const fields = new URLSearchParams(await filledForm(url)).toString()
  const store = await openInviteStore(queueUrl)
  const kept = async () => (await store.list({ text: '', from: 0, length: 1 })).count
  const loads: Load[] = []
  let accepted = 0
  try {
    for (let round = 0; round <= rounds; round++) {
      const made = await load(`${url}/invite`, {
        seconds,
        connections,
        script: { file: script, args: [String(round), fields] },
      })
      accepted += made.answered
      await untilKept(kept, accepted)
      // The first round warms up.
      if (round > 0) loads.push(made)
    }
  } finally {
    await store.close()
  }
  return loads
}

/** Nothing that was accepted may be missing; the worker may still be at it. */
async function untilKept(kept: () => Promise<number>, accepted: number): Promise<void> {
  const end = performance.now() + patience
  let count = await kept()
  for (; count < accepted; count = await kept()) {
    if (performance.now() > end) throw new Error(`${accepted} requests were accepted, ${count} are kept`)
    await wait(200)
  }
}

function rowsOf(loads: readonly Load[]): Row[] {
  const accepted = medians({ name: 'accepted', key: 'accepted' }, loads)
  return [
    { ...accepted, goal: { of: 'value', least: leastAccepted } },
    {
      key: 'median',
      name: 'half of the answers within',
      unit: 'ms',
      value: accepted.p50,
      goal: { of: 'value', most: mostMedian },
    },
    {
      key: 'p99',
      name: '99 of 100 answers within',
      unit: 'ms',
      value: accepted.p99,
      goal: { of: 'value', most: mostP99 },
      facts: { slowestMs: Math.round(median(loads.map(({ slowest }) => slowest))) },
    },
  ]
}
