import { columns } from '../cli/print.ts'
import { shownName } from '../swarm/shown-name.ts'
import { ago } from './ago.ts'
import type { AppStatus } from './app-status.ts'
import { shortImage } from './short-image.ts'

type Row = AppStatus['components'][number]

/** The summary, and the table of components. */
export function printStatus(status: AppStatus, now: Date): string {
  const { components } = status
  if (components.length === 0) return `${status.stack} does not run: there is nothing of it in the swarm.\n`
  const heads = ['STATE', 'COMPONENT', 'RUNNING', 'NODES', 'IMAGE', 'RELEASE', 'HEALTH', 'AGE']
  const lines = columns([heads, ...components.map((row) => cells(row, now))]).split('\n')
  const [head, ...rows] = lines
  const told = components.flatMap((row, index) => [rows[index], ...notes(row)])
  return [...summary(status, now), '', head, ...told, ''].join('\n')
}

function summary({ stack, state, components, release, nodes, lock, canary }: AppStatus, now: Date): string[] {
  const up = components.filter((one) => one.state === 'up').length
  const count = `${up} of ${components.length} up`
  const of = release
    ? `release ${release.number}, ${ago(release.when, now)} ago by ${release.who}`
    : 'no release of it is kept'
  const away = nodes.away.length === 0 ? '' : ` (away: ${nodes.away.join(', ')})`
  return [
    `${stack} is ${state}: ${count}; ${of}; ${nodes.ready} of ${nodes.all} nodes ready${away}`,
    ...(canary
      ? [
          `A canary of ${canary.component} is under way (${canary.phase}): ${canary.share} % of visitors have ${shortImage(canary.image)}`,
        ]
      : []),
    ...(lock ? [`A deploy is under way: ${lock}`] : []),
  ]
}

const cells = (row: Row, now: Date): string[] => [
  row.state,
  shownName(row),
  `${row.running}/${row.wanted}`,
  nodesOf(row.nodes),
  shortImage(row.image),
  row.release === undefined ? '-' : String(row.release),
  row.health,
  row.since ? ago(row.since, now) : '-',
]

function nodesOf(nodes: Row['nodes']): string {
  const names = Object.entries(nodes).map(([name, count]) => (count > 1 ? `${name}×${count}` : name))
  if (names.length === 0) return '-'
  return names.length > 4 ? `${names.length} nodes` : names.join(' ')
}

function notes({ faults, update }: Row): string[] {
  const [first, ...others] = faults
  const more = others.length > 0 ? ` (and ${others.length} more)` : ''
  const where = first?.instance ? `instance ${first.instance}` : 'the instance'
  return [
    ...(first ? [`        ${where}${first.node ? ` on ${first.node}` : ''}: ${first.why}${more}`] : []),
    ...(update ? [`        ${update}`] : []),
  ]
}
