/** How often something was searched for. */
export interface QueryCount {
  readonly query: string
  readonly count: number
}

/** What is counted: all queries, and apart those that found nothing. */
export const lists = ['all', 'nothing'] as const
export type List = (typeof lists)[number]

/** Counts to add, by list and query. */
export type Batch = Readonly<Record<List, ReadonlyMap<string, number>>>

/** Where queries are counted by month (YYYY-MM). It keeps the most frequent of a month, for a year and a month. */
export interface CountStore {
  /** Answers false when nothing was added and may be tried again. */
  add(month: string, batch: Batch): Promise<boolean>
  /** Most frequent first. */
  top(month: string, list: List, most: number): Promise<QueryCount[]>
  close(): Promise<void>
}

/** Queries kept of a month in each list. */
export const mostKept = 2000

export const monthsKept = 13
