import type { Findings } from '../fault.ts'
import type { App, Component } from '../model.ts'
import { domainsOf, refuseSharedDomains } from './domains.ts'
import { type Draft, type Drafts, fullName } from './draft.ts'
import { checkExposed, linksOf, namesOf, refuseCircles } from './links.ts'
import { configsOf, healthOf, limitsOf, placementOf, secretsOf, tmpfsOf, updateOf } from './own.ts'
import { checkPods, podsOf, said, scaleOf } from './pods.ts'
import { volumesOf } from './volumes.ts'

/** The app, once every reference is followed; what does not fit together is a fault. */
export function assemble(all: Drafts, findings: Findings): App {
  const names = namesOf(all)
  const pods = podsOf(all.drafts)
  const linked = new Map(all.drafts.map((draft) => [fullName(draft), linksOf(draft, names, findings)]))
  const domains = new Map(all.drafts.map((draft) => [draft, domainsOf(draft, findings)]))
  const build = (draft: Draft): Component => {
    const { values } = draft
    const health = healthOf(draft, findings)
    return {
      name: draft.name,
      service: draft.service,
      fullName: fullName(draft),
      place: values.place,
      image: draft.image,
      ports: values.ports.filter(
        (port, index) => index === values.ports.findIndex((each) => same(each, port)),
      ),
      env: values.env.map(({ name, value }) => ({ name, value })),
      ...(values.entrypoint && { entrypoint: values.entrypoint }),
      args: values.args ?? [],
      domains: domains.get(draft) ?? [],
      links: linked.get(fullName(draft))?.links ?? [],
      outsideLinks: linked.get(fullName(draft))?.outsideLinks ?? [],
      scale: scaleOf(draft, pods, findings),
      placement: placementOf(draft, placementInScale(draft), findings),
      volumes: volumesOf(draft, names, findings),
      ...(draft.pod !== undefined && { pod: draft.pod }),
      ...(health && { health }),
      secrets: secretsOf(draft, findings),
      configs: configsOf(draft, findings),
      limits: limitsOf(draft, findings),
      update: updateOf(draft),
      ...(values.drain !== undefined && { drainSeconds: values.drain }),
      ...(values.schedule && { schedule: values.schedule }),
      contained: values.contained,
      outside: values.outside,
      control: values.control,
      tmpfs: tmpfsOf(draft),
      signalReady: draft.signalReady,
    }
  }
  const placementInScale = (draft: Draft) => {
    const placement = said('placement', draft, pods)
    return placement === 'one-per-machine' || placement === 'simple' ? placement : undefined
  }
  refuseTwice(all.drafts, findings)
  refuseTwoControls(all.drafts, findings)
  const components = all.drafts.map(build)
  checkExposed(all, names, findings)
  checkPods(pods, all.format === 'first', findings)
  refuseCircles(all.drafts, linked, findings)
  refuseSharedDomains(all.drafts, (draft) => domains.get(draft) ?? [], findings)
  const byService = Map.groupBy(components, ({ service }) => service)
  const services = all.services.map((name) => ({ name, components: byService.get(name) ?? [] }))
  return { name: all.name, format: all.format, services, ...(all.balancer && { balancer: all.balancer }) }
}

const same = (a: { number: number; protocol: string }, b: { number: number; protocol: string }) =>
  a.number === b.number && a.protocol === b.protocol

function refuseTwoControls(drafts: readonly Draft[], findings: Findings): void {
  const [, second] = drafts.filter(({ values }) => values.control)
  if (second) findings.fault('conflict', second.values.place, 'two components have "control": an app has one')
}

function refuseTwice(drafts: readonly Draft[], findings: Findings): void {
  const seen = new Map<string, Draft>()
  for (const draft of drafts) {
    // A stack is told apart by names that know no upper case.
    const name = fullName(draft).toLowerCase()
    const before = seen.get(name)
    if (before && draft.name !== '')
      findings.fault(
        'duplicate-name',
        draft.values.place,
        `there are two components "${fullName(draft)}": first on line ${before.values.place.line}`,
      )
    seen.set(name, before ?? draft)
  }
}
