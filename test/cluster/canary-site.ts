import assert from 'node:assert/strict'
import { type Cluster, clusterUp } from '../lab/cluster/cluster.ts'
import { pushRelease } from '../lab/cluster/images.ts'
import type { Machine } from '../lab/cluster/layout.ts'
import { dockerOn } from '../lab/cluster/swarm.ts'
import { until } from '../until.ts'
import { startVisits, type Visits, type VisitsOptions } from './canary-visitors.ts'
import { prepareSite, type Site, type SiteOptions, STACK, siteOn } from './site.ts'
import type { Ended } from './swarm.ts'

/** What `swarm canary status --json` prints. */
export interface Status {
  readonly share: number
  readonly phase: { readonly kind: string; readonly result?: string; readonly reason?: string }
  readonly history: readonly {
    readonly when: string
    readonly said: string
    readonly phase: { readonly kind: string }
  }[]
}

/** The site on the cluster, with releases that may become canaries. */
export interface CanarySite {
  readonly cluster: Cluster
  readonly site: Site
  /** Runs `swarm` for it, whatever comes of it. */
  swarm(args: readonly string[], options?: SiteOptions): Promise<Ended>
  /** What the command prints, which has to end well. */
  good(args: readonly string[], options?: SiteOptions): Promise<string>
  status(options?: SiteOptions): Promise<Status | null>
  /** Waits for a phase of the canary. */
  untilIn(kind: string, seconds?: number): Promise<void>
  /** Waits until the service of the canary is gone. */
  untilGone(): Promise<void>
  /** Visitors that end with the test, at the latest. */
  visit(nodes?: readonly Machine[], options?: VisitsOptions): Visits
  endVisits(): Promise<void>
  delete(): Promise<void>
}

/** Deploys the site; `releases` are lines of a Dockerfile, by tag. */
export async function startCanarySite(
  releases: Readonly<Record<string, readonly string[]>>,
): Promise<CanarySite> {
  const cluster = await clusterUp()
  const site = siteOn(cluster)
  await prepareSite(cluster, site)
  for (const [tag, lines] of Object.entries(releases))
    await pushRelease(tag, { webapp: [`ENV RELEASE=${tag}`, ...lines] })
  const made = canarySiteOn(cluster, site)
  await made.good(['up', '--yes', '--force'])
  return made
}

function canarySiteOn(cluster: Cluster, site: Site): CanarySite {
  const running: Visits[] = []
  const good = async (args: readonly string[], options?: SiteOptions): Promise<string> => {
    const { exit, output } = await site.swarm(args, options)
    assert.equal(exit, 0, output)
    return output
  }
  const status = async (options?: SiteOptions): Promise<Status | null> =>
    JSON.parse(await good(['canary', 'status', '--json'], options))
  const isGone = async () => {
    const services = await dockerOn(site.stores, 'service', 'ls', '--format', '{{.Name}}')
    return !services.split('\n').includes(`${STACK}_site-webapp-canary`)
  }
  return {
    cluster,
    site,
    swarm: site.swarm,
    good,
    status,
    untilIn: (kind, seconds = 90) =>
      until(async () => (await status({ by: site.stores }))?.phase.kind === kind, `"${kind}"`, seconds),
    untilGone: () => until(isGone, 'the service of the canary to be gone', 90),
    visit(nodes = cluster.nodes, options = {}) {
      const visits = startVisits(nodes, options)
      running.push(visits)
      return visits
    },
    async endVisits() {
      await Promise.all(running.splice(0).map((visits) => visits.stop()))
    },
    async delete() {
      await site.swarm(['delete', '--yes', '--force'])
    },
  }
}

/** The share of the pages of the last two seconds, of one node or of all, that this release made. */
export function shareOf(visits: Visits, release: string, node?: Machine): number {
  const since = visits.now() - 2000
  const known = visits.all.filter(
    (visit) => visit.milliseconds > since && visit.release !== '' && (!node || visit.node === node.name),
  )
  return known.filter((visit) => visit.release === release).length / Math.max(1, known.length)
}

/** Ends the one instance of a service on a node by force, from inside. */
export async function killOn(node: Machine, service: string): Promise<void> {
  const filter = `name=${STACK}_${service}.`
  const [id = ''] = (await dockerOn(node, 'ps', '--quiet', '--filter', filter)).split('\n')
  await dockerOn(node, 'kill', id)
}
