import type { Sides } from '../analysis/counters.ts'

/** A place for an instance, as a balancer sees it; what is counted belongs to the place, since the balancer started. */
export interface Server {
  readonly slot: string
  /** Empty while nobody has the place. */
  readonly address: string
  readonly isUp: boolean
  /** Requests under way. */
  readonly current: number
  /** How often it went down. */
  readonly lost: number
  /** Checks that failed while it was up. */
  readonly checksFailed: number
}

const BACKENDS: Sides<string> = { canary: 'canary', old: 'instances' }
const SERVERS = 4

/** What a balancer says to this, serversIn reads. */
export const READ_SERVERS = Object.values(BACKENDS)
  .map((backend) => `show stat ${backend} ${SERVERS} -1`)
  .join(';')

/** The servers of both sides, by the names of the columns: https://docs.haproxy.org/3.2/management.html#9.1 */
export function serversIn(answer: string): Sides<readonly Server[]> {
  const lines = answer.split('\n')
  const columns = cellsOf(lines.find((line) => line.startsWith('# pxname,'))?.slice(2) ?? '')
  const of = (backend: string) =>
    lines
      .filter((line) => line.startsWith(`${backend},`))
      .map(cellsOf)
      .map((cells) => serverOf((column) => cells[columns.indexOf(column)] ?? ''))
  return { canary: of(BACKENDS.canary), old: of(BACKENDS.old) }
}

const serverOf = (value: (column: string) => string): Server => ({
  slot: value('svname'),
  address: value('addr').replace(/:\d+$/, ''),
  isUp: value('status').startsWith('UP'),
  current: Number(value('scur')),
  lost: Number(value('chkdown')),
  checksFailed: Number(value('chkfail')),
})

/** Cells of CSV; HAProxy quotes those with a comma in them. */
const cellsOf = (row: string): string[] =>
  [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
