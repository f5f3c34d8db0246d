import type { RequestHandler } from 'express'
import { SiteError } from '../errors.ts'
import { monthOf } from '../search/query-counts.ts'
import type { TopSearches } from '../search/search-side.ts'
import type { SignupParts } from '../signup-parts.ts'
import { operatorView } from './operator-view.ts'

const page = { template: 'searches', title: 'Searches', url: '/admin/searches' } as const
const mostShown = 50

const monthForm = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' })

type Parts = Pick<SignupParts, 'site'> & { readonly topSearches: TopSearches }

/** What visitors searched for in this month and the last. */
export const searchesPage =
  ({ site, topSearches }: Parts): RequestHandler =>
  async (req, res) => {
    const now = new Date()
    const last = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1))
    const months = await Promise.all([now, last].map((month) => searchesOf(topSearches, month)))
    res.send(await operatorView(site(), req, page, { months }))
  }

async function searchesOf(top: TopSearches, date: Date) {
  const month = monthOf(date)
  const lists = [top(month, 'all', mostShown), top(month, 'nothing', mostShown)]
  const [all, nothing] = await Promise.all(lists).catch((cause: unknown) => {
    throw new SiteError('unavailable', 'the counts of searches cannot be read', { cause })
  })
  return { month, name: monthForm.format(date), all, nothing }
}
