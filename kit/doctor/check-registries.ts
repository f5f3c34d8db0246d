import type { NodeAnswer } from '../swarm/on-every-node.ts'
import { type Finding, good } from './finding.ts'
import type { Observed } from './observed.ts'

const NEEDS_LOGIN = /denied|unauthorized|authentication required|no basic auth/i
const ANSWERS = /manifest unknown|not found|name unknown|does not exist/i

export function checkRegistries({ reports, pulled }: Observed): readonly Finding[] {
  const asked = reports.flatMap(({ answer, report }) =>
    [...(report?.pulls ?? [])].map(([image, said]) => ({ image, said, node: answer.node.hostname })),
  )
  const registries = Map.groupBy(asked, ({ image }) => registryOf(image))
  const reached = [...registries].flatMap(([registry, answers]): Finding[] => {
    const lost = answers.filter(({ said }) => !NEEDS_LOGIN.test(said) && !ANSWERS.test(said))
    if (lost.length > 0) return lost.map((one) => unreachable(registry, one.node, one.said))
    const login = answers.some(({ said }) => NEEDS_LOGIN.test(said)) && !pulled.has(registry)
    return [login ? needsLogin(registry) : good('registries', `Every node reaches ${registry}.`)]
  })
  return [...reached, ...[...pulled].flatMap(pullFindings)]
}

const unreachable = (registry: string, node: string, said: string): Finding => ({
  check: 'registries',
  level: 'error',
  what: `${node} does not reach the registry ${registry}: ${said || 'it said nothing'}.`,
  fix: `On ${node}, check its name, route and firewall (\`curl -v https://${registry}/v2/\`), and that its engine trusts the certificate.`,
})

const needsLogin = (registry: string): Finding => ({
  check: 'registries',
  level: 'note',
  what: `Every node reaches ${registry}, which wants a login. A deploy hands on yours.`,
  fix: `\`docker login ${registry}\` here, and \`swarm doctor --pull\` to have it proven on every node.`,
})

function pullFindings([registry, answers]: readonly [string, readonly NodeAnswer[]]): Finding[] {
  const failed = answers.filter(({ fault }) => fault !== undefined && /No such image|still/.test(fault))
  if (failed.length === 0)
    return [good('registries', `Every node that takes work can pull from ${registry}.`)]
  return failed.map(({ node, fault }) => ({
    check: 'registries',
    level: 'error',
    what: `${node.hostname} cannot pull from ${registry}: ${fault}.`,
    fix: `\`docker login ${registry}\` here, then run this again; the login goes with the job as it goes with a deploy.`,
  }))
}

/** Where an image comes from: what stands before its first slash, if that looks like a host. */
export function registryOf(image: string): string {
  const [first = '', ...rest] = image.split('/')
  return rest.length > 0 && (/[.:]/.test(first) || first === 'localhost') ? first : 'docker.io'
}

/** An image without tag and digest. */
export const repositoryOf = (image: string): string => (image.split('@')[0] ?? image).replace(/:[^:/]+$/, '')
