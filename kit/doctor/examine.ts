import { checkLeftovers, checkTasks } from './check-app.ts'
import { checkAddresses, checkLeftNetworks } from './check-networks.ts'
import { checkNodes, checkQuorum, checkVersions } from './check-nodes.ts'
import { checkRegistries } from './check-registries.ts'
import {
  checkAnswers,
  checkClocks,
  checkDisks,
  checkIpvs,
  checkLiveRestore,
  checkPorts,
  checkPrivileges,
} from './check-reports.ts'
import { type CheckName, type Finding, worstFirst } from './finding.ts'
import type { Observed } from './observed.ts'

const looks: readonly ((observed: Observed) => readonly Finding[])[] = [
  checkVersions,
  checkNodes,
  checkAnswers,
  checkLiveRestore,
  checkQuorum,
  checkDisks,
  checkClocks,
  checkAddresses,
  checkPorts,
  checkRegistries,
  checkLeftNetworks,
  checkTasks,
  checkPrivileges,
  checkIpvs,
  checkLeftovers,
]

/** What nodes say of themselves: good means good on every node. */
const saidByNodes = new Set<CheckName>(['disk', 'clocks', 'ports', 'registries', 'privileges', 'ipvs'])

/** All that can be said of what was seen, the worst first. Nobody knows whether a node that did not answer is well. */
export function examine(observed: Observed): Finding[] {
  const isPartial = checkAnswers(observed).length > 0
  const isKnown = ({ check, level }: Finding) => !(isPartial && level === 'good' && saidByNodes.has(check))
  return worstFirst(looks.flatMap((look) => look(observed)).filter(isKnown))
}
