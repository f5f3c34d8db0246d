import type { RequestHandler } from 'express'
import { SiteError } from '../errors.ts'
import type { InviteStore } from '../invites/invite-store.ts'
import type { SignupParts } from '../signup-parts.ts'
import { safe } from '../templates/renderer.ts'
import { type AskedInvites, askedInvites, filterOf, invitesPerPage, overviewUrl } from './invite-filter.ts'
import { type Done, newNonce } from './invite-now.ts'
import { inviteRow, listedStates, stateLabels } from './invite-rows.ts'
import { operatorView } from './operator-view.ts'
import { queueSummary } from './queue-summary.ts'
import { mostSignups, signupChart } from './signup-chart.ts'

const page = { template: 'invites', title: 'Invites', url: '/admin' } as const
const daysShown = 30

/** The first page for operators: what there is to do, and how it went. */
export const overview =
  ({ site, invites, queue }: SignupParts): RequestHandler =>
  async (req, res) => {
    const asked = askedInvites(req.query)
    const [list, states, counts, days] = await Promise.all([
      invites.list(filterOf(asked)),
      countStates(invites, asked),
      queue.counts(),
      invites.perDay(daysShown),
    ])
    if (list.invites.length === 0 && asked.page > 1)
      throw new SiteError('notFound', 'no such page of invites')
    res.send(
      await operatorView(site(), req, page, {
        text: asked.text,
        state: asked.state,
        states,
        rows: list.invites.map(inviteRow),
        count: list.count,
        pagination: pagination(asked, list.count),
        done: saidAs(req.query.done),
        nonce: newNonce(),
        here: overviewUrl(asked),
        summary: queueSummary(counts),
        chart: { svg: safe(signupChart(days)), days: days.toReversed(), most: mostSignups(days) },
      }),
    )
  }

/** How many invites are in each state, all together first. */
async function countStates(invites: InviteStore, asked: AskedInvites) {
  const counted = await Promise.all(
    [undefined, ...listedStates].map(async (state) => {
      const { count } = await invites.list({ text: '', state, from: 0, length: 0 })
      const isShown = state === asked.state
      return { state, label: state ? stateLabels[state] : 'All', count, url: overviewUrl({ state }), isShown }
    }),
  )
  return counted
}

function pagination(asked: AskedInvites, count: number) {
  const pages = Math.max(1, Math.ceil(count / invitesPerPage))
  const { page: number } = asked
  return {
    page: number,
    pages,
    newerUrl: number > 1 ? overviewUrl({ ...asked, page: number - 1 }) : undefined,
    olderUrl: number < pages ? overviewUrl({ ...asked, page: number + 1 }) : undefined,
  }
}

const said: Readonly<Record<Done, string>> = {
  invite: 'The invite is queued. The list shows it when a worker has taken it.',
  again: 'A new link is queued for mail.',
  gone: 'This invite is used, or not there any more, so nothing was done.',
}

const saidAs = (done: unknown): string | undefined => said[done as Done]
