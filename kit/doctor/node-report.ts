import type { NodeAnswer } from '../swarm/on-every-node.ts'

/** What a node says of itself. */
export interface NodeReport {
  readonly securityOptions: readonly string[]
  readonly liveRestore: boolean
  readonly diskBytes: number
  readonly diskFreeBytes: number
  /** TCP ports that something listens at. */
  readonly listening: ReadonlySet<number>
  /** Port of the node -> name of the container that publishes it. */
  readonly published: ReadonlyMap<number, string>
  readonly hasIpvs: boolean
  /** Image as asked for -> what the engine said to a tag that there is not. */
  readonly pulls: ReadonlyMap<string, string>
}

/** A tag that nobody has: asking for it tells whether the registry answers, and brings nothing. */
const NO_TAG = 'dogfood-doctor-asks-for-nothing'

/**
 * Asks all of a node; IMAGES holds repositories, with spaces between. Without an engine that answers it ends with 1,
 * and why, on standard output: nothing else of a job is read.
 */
export const reportScript = `
docker version 2>&1 >/dev/null || exit 1
echo '== security'; docker info --format '{{json .SecurityOptions}}'
echo '== live-restore'; docker info --format '{{.LiveRestoreEnabled}}'
echo '== disk'; df -P -k / | tail -n 1
echo '== listening'; awk '$4 == "0A" { print $2 }' /proc/net/tcp /proc/net/tcp6 2>/dev/null
echo '== published'; docker ps --format '{{.Names}} {{.Ports}}'
echo '== ipvs'; if test -e /proc/net/ip_vs || grep -q '^ip_vs ' /proc/modules; then echo yes; else echo no; fi
for image in $IMAGES; do
  echo "== pull $image"; timeout 15 docker pull --quiet "$image:${NO_TAG}" 2>&1 || test $? -ne 124 || echo 'no answer within 15 s'
done
`

/** Reads what the script printed. */
export function parseReport({ output }: Pick<NodeAnswer, 'output'>): NodeReport {
  const parts = new Map(
    `\n${output}`
      .split('\n== ')
      .slice(1)
      .map((part) => {
        const [title = '', ...lines] = part.split('\n')
        return [title, lines.map((line) => line.trim()).filter(Boolean)] as const
      }),
  )
  const lines = (title: string) => parts.get(title) ?? []
  const [, size = '0', , free = '0'] = (lines('disk')[0] ?? '').split(/\s+/)
  const pulls = [...parts].filter(([title]) => title.startsWith('pull '))
  return {
    // An engine without any says null.
    securityOptions: (JSON.parse(lines('security')[0] ?? '[]') as string[] | null) ?? [],
    liveRestore: lines('live-restore')[0] === 'true',
    diskBytes: Number(size) * 1024,
    diskFreeBytes: Number(free) * 1024,
    listening: new Set(lines('listening').map((address) => Number.parseInt(address.split(':')[1] ?? '', 16))),
    published: new Map(lines('published').flatMap(publishedBy)),
    hasIpvs: lines('ipvs')[0] === 'yes',
    pulls: new Map(pulls.map(([title, said]) => [title.slice('pull '.length), said.join(' ')])),
  }
}

/** `web 0.0.0.0:8080->80/tcp, :::8080->80/tcp`. */
function publishedBy(line: string): (readonly [number, string])[] {
  const [name = ''] = line.split(' ')
  return [...line.matchAll(/:(\d+)->/g)].map(([, port]) => [Number(port), name] as const)
}
