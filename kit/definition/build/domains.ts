import type { Findings } from '../fault.ts'
import { samePort, sayPort } from '../keys/ports.ts'
import type { Domain } from '../model.ts'
import { type Draft, fullName } from './draft.ts'
import { listPorts } from './links.ts'

const HTTP = 80

/** The domains of a component; their ports are among its own. */
export function domainsOf(draft: Draft, findings: Findings): readonly Domain[] {
  const { domains, ports, broken } = draft.values
  const found: Domain[] = []
  for (const { name, port, published, place } of domains) {
    if (!broken.has('ports') && !ports.some((each) => samePort(each, port)))
      findings.fault(
        'unknown-port',
        place,
        `port ${sayPort(port)} is not one of the component's ports: it has ${listPorts(draft)}`,
      )
    if (port.protocol === 'udp')
      findings.fault(
        'conflict',
        place,
        `visitors come over TCP: port ${sayPort(port)} can be reached by components that depend on it`,
      )
    const taken = found.some((each) => each.name === name && each.published === HTTP)
    if (taken && published === undefined)
      findings.warn(
        'no-effect',
        place,
        `port ${HTTP} of ${name} is taken: ${port.number} is published as it is; "${name}:443" would say another`,
      )
    found.push({ name, port: port.number, published: published ?? (taken ? port.number : HTTP) })
  }
  return found
}

/** One domain leads to one component. */
export function refuseSharedDomains(
  drafts: readonly Draft[],
  domains: (draft: Draft) => readonly Domain[],
  findings: Findings,
): void {
  const owners = new Map<string, string>()
  for (const draft of drafts)
    for (const { name, published } of domains(draft)) {
      const address = `${name}:${published}`
      const owner = owners.get(address)
      const place = draft.values.domains.find((each) => each.name === name)?.place ?? draft.values.place
      if (owner !== undefined)
        findings.fault('duplicate-name', place, `${name} leads to ${owner} already, by port ${published}`)
      owners.set(address, owner ?? fullName(draft))
    }
}
