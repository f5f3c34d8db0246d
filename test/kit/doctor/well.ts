import type { NodeReport } from '../../../kit/doctor/node-report.ts'
import type { Observed, ReportedNode } from '../../../kit/doctor/observed.ts'
import { appStatus } from '../../../kit/status/app-status.ts'
import type { NodeAnswer } from '../../../kit/swarm/on-every-node.ts'
import type { Task } from '../../../kit/swarm/tasks.ts'
import { networks, nodes, recordedAt, services, tasks } from '../swarm/recorded.ts'

export const stack = 'dogfood-production'
const done = {
  ...tasks[0],
  state: 'complete',
  since: '2026-11-21T18:33:00.000Z',
  updatedAt: '2026-11-21T18:33:00.400Z',
} as Task

const wellReport: NodeReport = {
  securityOptions: ['name=seccomp,profile=builtin', 'name=no-new-privileges'],
  liveRestore: false,
  diskBytes: 100e9,
  diskFreeBytes: 60e9,
  listening: new Set([22, 8080]),
  published: new Map([[8080, `${stack}_site-nginx.abc.def`]]),
  hasIpvs: true,
  pulls: new Map([['registry.example.com/shop/web', 'manifest unknown: manifest unknown']]),
}
export const report = (
  index: number,
  over: Partial<NodeReport> = {},
  task: Partial<Task> = {},
): ReportedNode => ({
  answer: { node: nodes[index], output: '', task: { ...done, ...task } } as NodeAnswer,
  report: { ...wellReport, ...over },
})
export const others = [report(1), report(2)]

export const well: Observed = {
  stack,
  now: recordedAt,
  client: '28.5.2',
  nodes,
  services,
  networks: networks.filter(({ attachable, ingress }) => !attachable && !ingress),
  pool: { pools: ['10.0.0.0/8'], subnetSize: 24 },
  status: appStatus({ stack, services: [], tasks: [], nodes, releases: [], now: recordedAt }),
  ports: [8080],
  reports: [report(0), ...others],
  pulled: new Map(),
}
