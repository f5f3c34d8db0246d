/** Everything that is looked at, and what for. */
export const checks = {
  versions: 'The Docker CLI here and the engine of every node are version 26 or newer.',
  nodes: 'Every node answers, and takes work.',
  quorum: 'Enough managers answer, and one may be lost.',
  disk: 'No node runs out of disk.',
  clocks: 'The clocks of the nodes agree within two seconds.',
  addresses: 'The networks have room for an update of all instances, and the swarm for more networks.',
  ports: 'No other program has a port of the node that the app publishes.',
  registries: 'Every node reaches the registries of the app; with `--pull`, its login is proven too.',
  networks: 'No overlay network is left over.',
  tasks: 'No instance of the app fails.',
  ipvs: 'Whether nodes have IPVS. The kit needs none; published ports in ingress mode would.',
  privileges: 'Containers cannot gain privileges, by the default of the engines.',
  leftovers: 'No job of an earlier command is left over.',
} as const

export type CheckName = keyof typeof checks

/** The worst first. An error stops something now, or soon. */
export const levels = ['error', 'warning', 'note', 'good'] as const

export interface Finding {
  readonly check: CheckName
  readonly level: (typeof levels)[number]
  /** What was found, and where. */
  readonly what: string
  /** What to do; nothing where it is good. */
  readonly fix?: string
}

export const good = (check: CheckName, what: string): Finding => ({ check, level: 'good', what })

/** The findings, or that there are none. */
export const orGood = (found: readonly Finding[], check: CheckName, what: string): readonly Finding[] =>
  found.length > 0 ? found : [good(check, what)]

export const worstFirst = (findings: readonly Finding[]): Finding[] =>
  findings.toSorted((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level))
