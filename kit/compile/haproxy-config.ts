/** Where HAProxy listens, and who answers there. */
export interface Frontend {
  readonly name: string
  readonly port: number
  readonly mode: Mode
  /** Name of the backend for each domain; `*.example.com` is all below. */
  readonly domains?: readonly (readonly [domain: string, backend: string])[]
  /** For all others; without it, they are answered 404. */
  readonly otherwise?: string
  /** Visitors come here first: their address is told to whom they are passed on. */
  readonly first?: boolean
}

/** Instances of one component, on one port. */
export interface Backend {
  readonly name: string
  readonly mode: Mode
  /** The name under which DNS has the addresses of all. */
  readonly instances: string
  readonly port: number
  /** There can be so many at once. */
  readonly slots: number
  /** Without it, an instance that takes a connection is well. */
  readonly check?: { readonly path: string; readonly port: number } | undefined
}

export type Mode = 'http' | 'tcp'

/** What the kit's own balancers are told, where the app names no image for them. */
export const haproxyConfig = (
  operatingPort: number,
  frontends: readonly Frontend[],
  backends: readonly Backend[],
): string =>
  [
    `global\n  nbthread 2\n  maxconn ${frontends.some(({ first }) => first) ? 4000 : 2000}\n  hard-stop-after 10s\n`,
    DEFAULTS,
    `frontend operating from http\n  bind :${operatingPort}\n  monitor-uri /healthz\n`,
    'backend nobody from http\n  http-request deny deny_status 404\n',
    ...frontends.map(frontend),
    ...backends.map(backend),
  ].join('\n')

// A silent connection is no dead one, and an answer may take its time: what is dead is found by keep-alives and checks,
// and what refuses a connection is out until a check succeeds.
const DEFAULTS = `defaults tcp
  mode tcp
  timeout connect 300ms
  timeout client 24h
  timeout server 24h
  timeout check 1s
  option clitcpka
  option srvtcpka
  clitcpka-idle 60s
  clitcpka-intvl 10s
  clitcpka-cnt 3
  srvtcpka-idle 60s
  srvtcpka-intvl 10s
  srvtcpka-cnt 3
  balance leastconn
  option redispatch 1
  retries 3
  default-server check inter 500ms fastinter 100ms fall 2 rise 1 init-addr none resolvers docker resolve-prefer ipv4
  default-server observe layer4 error-limit 1 on-error mark-down

defaults http
  mode http
  timeout connect 300ms
  timeout client 75s
  timeout http-request 10s
  timeout http-keep-alive 75s
  timeout queue 5s
  timeout server 60s
  timeout tunnel 24h
  timeout check 1s
  balance leastconn
  option redispatch 1
  retries 3
  retry-on conn-failure empty-response
  default-server check inter 500ms fastinter 100ms fall 2 rise 1 init-addr none resolvers docker resolve-prefer ipv4
  default-server observe layer4 error-limit 1 on-error mark-down

resolvers docker
  nameserver dns 127.0.0.11:53
  accepted_payload_size 8192
  resolve_retries 2
  timeout resolve 500ms
  timeout retry 300ms
  hold valid 500ms
  hold obsolete 5s
  hold nx 1h
  hold other 1h
  hold refused 1h
  hold timeout 1h
`

function frontend({ name, port, mode, domains = [], otherwise, first }: Frontend): string {
  const lines = [`frontend ${name} from ${mode}`, `  bind :${port}`]
  if (first)
    lines.push(
      '  option idle-close-on-response',
      // One who says nothing more keeps others out.
      '  timeout http-keep-alive 10s',
      '  http-request set-header X-Forwarded-For %[src]',
      '  http-request set-header X-Forwarded-Proto http',
    )
  for (const [domain, answers] of domains) lines.push(`  use_backend ${answers} if ${isFor(domain)}`)
  lines.push(`  default_backend ${otherwise ?? 'nobody'}`)
  return `${lines.join('\n')}\n`
}

const isFor = (domain: string): string =>
  domain.startsWith('*.')
    ? `{ req.hdr(host),host_only -i -m end ${domain.slice(1)} }`
    : `{ req.hdr(host),host_only -i -m str ${domain} }`

function backend({ name, mode, instances, port, slots, check }: Backend): string {
  const lines = [`backend ${name} from ${mode}`]
  if (mode === 'http')
    // Only what changes nothing is asked twice, once an instance has it.
    lines.push('  http-request disable-l7-retry unless { method GET HEAD OPTIONS }')
  if (check)
    lines.push(
      '  option httpchk',
      `  http-check connect port ${check.port}`,
      `  http-check send meth GET uri "${check.path.replace(/["\\$]/g, '\\$&')}" ver HTTP/1.1 hdr Host balancer`,
      '  http-check expect status 200-399',
    )
  lines.push(`  server-template instance 1-${slots} ${instances}:${port}`)
  return `${lines.join('\n')}\n`
}
