import type { Findings } from '../fault.ts'
import { nearest } from '../keys/nearest.ts'
import { samePort, sayPort } from '../keys/ports.ts'
import type { Link, OutsideLink, Port } from '../model.ts'
import { type Draft, type DraftLink, type Drafts, type Exposed, fullName } from './draft.ts'

export interface Names {
  find(name: string, from: Draft): Draft | undefined
  exposed(name: string): readonly Exposed[] | undefined
  readonly all: readonly string[]
}

export function namesOf({ format, drafts, parents }: Drafts): Names {
  const byKey = new Map(drafts.map((draft) => [draft.key, draft]))
  const parent = new Map(parents.map((each) => [each.key, each.exposed]))
  return {
    find: (name, { service }) =>
      byKey.get(format === 'first' && !name.includes('/') ? `${service}/${name}` : name),
    exposed: (name) => byKey.get(name)?.exposed ?? parent.get(name),
    all: [...byKey.keys()],
  }
}

export interface Linked {
  readonly links: readonly Link[]
  readonly outsideLinks: readonly OutsideLink[]
}

/** The links of a component, with the components they lead to. */
export function linksOf(draft: Draft, names: Names, findings: Findings): Linked {
  const links: Link[] = []
  const outsideLinks: OutsideLink[] = []
  for (const written of draft.links) {
    const { port, app, place } = written
    // A name of this app is no other app, whatever the key is called.
    const wanted = written.component ?? (names.exposed(app ?? '') ? app : undefined)
    if (wanted === undefined) {
      outsideLinks.push({
        app: app ?? '',
        port: port.number,
        protocol: port.protocol,
        alias: written.alias ?? app ?? '',
      })
      continue
    }
    const target = follow(wanted, written, draft, names, findings)
    if (target === undefined) continue
    links.push({
      component: fullName(target.draft),
      port: port.number,
      targetPort: target.port.number,
      protocol: target.port.protocol,
      alias: written.alias ?? wanted.slice(wanted.lastIndexOf('/') + 1),
      env: written.env,
      sameMachine: written.sameMachine,
    })
    if (target.draft === draft) findings.fault('cycle', place, 'a component can not depend on itself')
  }
  refuseTwice(draft, [...links, ...outsideLinks], findings)
  return { links: [...new Map(links.map((link) => [identity(link), link])).values()], outsideLinks }
}

const identity = (link: Link): string => JSON.stringify(link)

interface Target {
  readonly draft: Draft
  readonly port: Port
}

function follow(
  wanted: string,
  { port: asked, targetPort: port = asked, place }: DraftLink,
  draft: Draft,
  names: Names,
  findings: Findings,
): Target | undefined {
  const found = resolve(wanted, port, draft, names, new Set())
  if (typeof found === 'object') return found
  if (found === 'no component') {
    findings.fault('unknown-name', place, `there is no component "${wanted}"${hint(wanted, names)}`)
    return undefined
  }
  const target = names.find(wanted, draft)
  // What is wrong with its ports has been said.
  if (found === 'unknown') return undefined
  const has = target ? `it has ${listPorts(target)}` : 'it exposes none such'
  findings.fault('unknown-port', place, `"${wanted}" has no port ${sayPort(port)}: ${has}`)
  return undefined
}

/** Through what parents expose, to the component that listens. */
function resolve(
  name: string,
  port: Port,
  from: Draft,
  names: Names,
  visited: Set<string>,
): Target | 'no component' | 'no port' | 'unknown' {
  const draft = names.find(name, from)
  const exposed = names.exposed(draft?.key ?? name)
  if (exposed === undefined) return 'no component'
  const step = exposed.find((each) => samePort(each.port, port))
  if (step?.broken) return 'unknown'
  const visit = `${name} ${sayPort(port)}`
  if (step?.component && step.component !== name && !visited.has(visit))
    return resolve(step.component, step.targetPort, from, names, visited.add(visit))
  const own = step && (!step.component || step.component === name) ? step.targetPort : port
  if (draft?.values.ports.some((each) => samePort(each, own))) return { draft, port: own }
  return draft?.values.broken.has('ports') ? 'unknown' : 'no port'
}

export const listPorts = ({ values: { ports } }: Draft): string =>
  ports.length === 0 ? 'none' : ports.map(sayPort).join(', ')

export function hint(wanted: string, { all }: Names): string {
  const last = wanted.slice(wanted.lastIndexOf('/') + 1)
  const same = all.filter((name) => name.slice(name.lastIndexOf('/') + 1) === last)
  const lastNear = nearest(
    last,
    all.map((name) => name.slice(name.lastIndexOf('/') + 1)),
  )
  const near =
    same.length > 0
      ? same.join('" or "')
      : (nearest(wanted, all) ?? all.find((name) => name.slice(name.lastIndexOf('/') + 1) === lastNear))
  return near ? `: did you mean "${near}"?` : ''
}

/** A host name leads to one component only. */
function refuseTwice(draft: Draft, links: readonly (Link | OutsideLink)[], findings: Findings): void {
  const seen = new Map<string, string>()
  for (const link of links) {
    const target = 'app' in link ? `app ${link.app}` : link.component
    const before = seen.get(link.alias)
    if (before !== undefined && before !== target)
      findings.fault(
        'duplicate-name',
        draft.values.place,
        `two dependencies are named "${link.alias}": give one an alias`,
      )
    seen.set(link.alias, target)
  }
}

/** Circles of links, each told once. */
export function refuseCircles(
  drafts: readonly Draft[],
  linked: ReadonlyMap<string, Linked>,
  findings: Findings,
): void {
  const done = new Set<string>()
  const byName = new Map(drafts.map((draft) => [fullName(draft), draft]))
  const visit = (name: string, trail: readonly string[]): void => {
    if (done.has(name)) return
    const start = trail.indexOf(name)
    if (start >= 0) {
      const place = byName.get(name)?.values.place
      const circle = [...trail.slice(start), name].join(' -> ')
      if (place && trail.length - start > 1)
        findings.fault('cycle', place, `components depend on each other in a circle: ${circle}`)
      return
    }
    for (const { component } of linked.get(name)?.links ?? []) visit(component, [...trail, name])
    done.add(name)
  }
  for (const name of byName.keys()) visit(name, [])
}

/** What a parent exposes must lead to somebody who listens. */
export function checkExposed({ drafts, parents }: Drafts, names: Names, findings: Findings): void {
  const [anybody] = drafts
  if (anybody === undefined) return
  for (const { key, exposed } of [...drafts, ...parents])
    for (const { port, component, targetPort, place } of exposed) {
      const answers = component ?? key
      const found = resolve(answers, component ? targetPort : port, anybody, names, new Set())
      if (found === 'no component')
        findings.fault('unknown-name', place, `there is no component "${answers}"${hint(answers, names)}`)
      else if (found === 'no port')
        findings.fault('unknown-port', place, `"${answers}" has no port ${sayPort(targetPort)}`)
    }
}
