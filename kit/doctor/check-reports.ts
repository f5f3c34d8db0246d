import { sayBytes } from '../stats/parse-stats.ts'
import type { SwarmNode } from '../swarm/nodes.ts'
import { takesWork } from '../swarm/on-every-node.ts'
import { type Finding, good, orGood } from './finding.ts'
import type { NodeReport } from './node-report.ts'
import type { Observed } from './observed.ts'

type Look = (node: SwarmNode, report: NodeReport) => readonly Finding[]

/** What each node that answered has to be told of. */
const eachNode = ({ reports }: Observed, look: Look): Finding[] =>
  reports.flatMap(({ answer, report }) => (report ? [...look(answer.node, report)] : []))

/** Nodes that should have answered and did not: what they would have said is not known. */
export const checkAnswers = ({ reports }: Observed): readonly Finding[] =>
  reports
    .filter(({ answer, report }) => takesWork(answer.node) && report === undefined)
    .map(({ answer }) => ({
      check: 'nodes',
      level: 'error',
      what: `${answer.node.hostname} could not be asked: ${answer.fault}.`,
      fix: 'Have it pull the image of the jobs (SWARM_NODE_IMAGE), and let it reach its socket (SWARM_NODE_SOCKET).',
    }))

const FULL = 0.9
const FILLING = 0.8

export function checkDisks(observed: Observed): readonly Finding[] {
  const found = eachNode(observed, ({ hostname }, { diskBytes, diskFreeBytes }) => {
    const used = diskBytes === 0 ? 0 : 1 - diskFreeBytes / diskBytes
    if (used < FILLING) return []
    return [
      {
        check: 'disk',
        level: used >= FULL ? 'error' : 'warning',
        what: `${hostname}: ${Math.round(used * 100)} % of the disk that Docker is on is used; ${sayBytes(diskFreeBytes)} are left.`,
        fix: '`swarm prune` removes images that no kept release needs; `docker system df` there says what else is large.',
      },
    ]
  })
  return orGood(
    found,
    'disk',
    `Every node has more than ${Math.round((1 - FILLING) * 100)} % of its disk left.`,
  )
}

const SECONDS_APART = 2
// The leader writes down what a node says up to a second later.
const WRITING_SECONDS = 1

export function checkClocks({ reports }: Observed): readonly Finding[] {
  const found = reports.flatMap(({ answer: { node, task } }): Finding[] => {
    if (task === undefined || task.state !== 'complete') return []
    const ahead = (Date.parse(task.since) - Date.parse(task.updatedAt)) / 1000
    if (ahead <= SECONDS_APART && ahead >= -SECONDS_APART - WRITING_SECONDS) return []
    const apart = `${Math.abs(ahead).toFixed(0)} s ${ahead > 0 ? 'ahead of' : 'behind'} that of the leader`
    return [
      {
        check: 'clocks',
        level: 'error',
        what: `The clock of ${node.hostname} is about ${apart}.`,
        fix: 'Have all nodes set their clocks by NTP: `timedatectl set-ntp true`.',
      },
    ]
  })
  return orGood(found, 'clocks', 'The clocks of the nodes agree.')
}

export function checkPorts(observed: Observed): readonly Finding[] {
  const { ports, stack } = observed
  const found = eachNode(observed, ({ hostname }, { listening, published }) =>
    ports
      .filter((port) => listening.has(port) && !published.get(port)?.startsWith(`${stack}_`))
      .map((port): Finding => {
        const by = published.get(port)
        return {
          check: 'ports',
          level: 'error',
          what: `${hostname}: port ${port} is taken by ${by ? `the container ${by}` : 'another program'}, so the app cannot publish it there.`,
          fix: by
            ? `Stop it: \`docker rm --force ${by}\` there.`
            : `\`ss -ltnp 'sport = :${port}'\` there says which one; stop it.`,
        }
      }),
  )
  const free =
    ports.length === 0
      ? 'The app publishes no port.'
      : `Ports ${ports.join(', ')} are the app's on every node.`
  return orGood(found, 'ports', free)
}

export function checkIpvs(observed: Observed): readonly Finding[] {
  const without = hostnames(observed, ({ hasIpvs }) => !hasIpvs)
  if (without.length === 0) return [good('ipvs', 'Every node has IPVS. The kit does without.')]
  return [
    {
      check: 'ipvs',
      level: 'note',
      what: `No IPVS was seen on ${without.join(', ')}: virtual IPs and ports in ingress mode may not work there. What the kit deploys needs neither.`,
      fix: 'Nothing has to be done for this app; `modprobe ip_vs` there helps others.',
    },
  ]
}

export function checkPrivileges(observed: Observed): readonly Finding[] {
  const without = hostnames(
    observed,
    ({ securityOptions }) => !securityOptions.some((one) => /no-new-privileges/.test(one)),
  )
  const found: Finding[] = [
    {
      check: 'privileges',
      level: 'warning',
      what: `Containers on ${without.join(', ')} may gain privileges by set-uid programs: a Swarm service cannot forbid it, only its engine's default can.`,
      fix: 'Put "no-new-privileges": true into /etc/docker/daemon.json there, and restart the engine while the node is drained.',
    },
  ]
  return without.length > 0 ? found : [good('privileges', 'No container can gain privileges.')]
}

export function checkLiveRestore(observed: Observed): readonly Finding[] {
  const having = hostnames(observed, ({ liveRestore }) => liveRestore)
  if (having.length === 0) return []
  return [
    {
      check: 'nodes',
      level: 'error',
      what: `"live-restore" is on at ${having.join(', ')}, which does not go together with a Swarm.`,
      fix: 'Take it out of /etc/docker/daemon.json there, and restart the engine.',
    },
  ]
}

const hostnames = ({ reports }: Observed, fits: (report: NodeReport) => boolean): string[] =>
  reports.flatMap(({ answer, report }) => (report && fits(report) ? [answer.node.hostname] : []))
