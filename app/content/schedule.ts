import type { PageEntry } from './entry.ts'

/** The time between two moments (in milliseconds) at which something appears: all through it a site is the same. */
export interface Span {
  readonly from?: number
  readonly next?: number
}

type Dated = Pick<PageEntry, 'draft' | 'publishedAt'>

/** The span that holds this moment. Drafts never appear by themselves. */
export function spanAt(records: Iterable<{ entry?: Dated }>, now: number): Span {
  let from = Number.NEGATIVE_INFINITY
  let next = Number.POSITIVE_INFINITY
  for (const { entry } of records) {
    if (!entry?.publishedAt || entry.draft) continue
    const moment = Date.parse(entry.publishedAt)
    if (moment <= now) from = Math.max(from, moment)
    else next = Math.min(next, moment)
  }
  return { ...(Number.isFinite(from) && { from }), ...(Number.isFinite(next) && { next }) }
}

export const isWithin = ({ from, next }: Span, now: number): boolean =>
  (from === undefined || now >= from) && (next === undefined || now < next)

/** Whether a page appears only after the span. */
export const isScheduled = ({ publishedAt }: Dated, { next }: Span): boolean =>
  next !== undefined && publishedAt !== undefined && Date.parse(publishedAt) >= next
