import { askedApp } from '../cli/asked-app.ts'
import { namedComponents } from '../cli/named-components.ts'
import { columns, printJson } from '../cli/print.ts'
import type { Act } from '../cli/verb.ts'
import { stackName } from '../compile/names.ts'
import { type InstanceStats, sayBytes, statsOf } from '../stats/parse-stats.ts'
import { onEveryNode } from '../swarm/on-every-node.ts'
import { readServices } from '../swarm/services.ts'

const SCRIPT = "docker stats --no-stream --no-trunc --format '{{json .}}'"

export const stats: Act = async (asked, context) => {
  const { app, environment } = askedApp(asked, context)
  const services = await readServices(stackName(app.name, environment))
  const names = new Set(
    namedComponents(asked.words, [...new Set(services.map(({ component }) => component))]),
  )
  const answers = await onEveryNode({ purpose: 'stats', script: SCRIPT })
  for (const { node, fault } of answers)
    if (fault) context.terminal.complain(`Missing: what runs on ${node.hostname}, for ${fault}.\n`)
  const found = answers
    .flatMap((answer) =>
      statsOf(
        answer,
        services.filter(({ component }) => names.has(component)),
      ),
    )
    .sort(
      (a, b) =>
        a.component.localeCompare(b.component) || a.instance - b.instance || a.node.localeCompare(b.node),
    )
  if (asked.flag('json')) printJson(found, context)
  else context.terminal.say(columns([HEADS, ...found.map(cells)]))
  return answers.some(({ fault }) => fault === undefined) ? 0 : 1
}

const HEADS = [
  'COMPONENT',
  'NODE',
  'CPU',
  'MEMORY',
  'LIMIT',
  'NETWORK IN / OUT',
  'DISK IN / OUT',
  'PROCESSES',
]

const cells = (one: InstanceStats): string[] => [
  one.instance > 0 ? `${one.component}.${one.instance}` : one.component,
  one.node,
  `${one.cpuPercent.toFixed(1)} %`,
  sayBytes(one.memoryBytes),
  sayBytes(one.memoryLimitBytes),
  one.network,
  one.disk,
  String(one.processes),
]
