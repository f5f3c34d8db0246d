/** What the front knows of who asks. */
export interface Visitor {
  /** 32 hex digits: of a cookie with the right signature, else those that this request was given. */
  readonly id: string
  /** IPv4 or IPv6. */
  readonly address: string
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** By names in lower case: nginx does not tell `Tester` from `tester` either. */
  readonly cookies: Readonly<Record<string, string>>
}

/** The header that the balancer's checks carry; the front takes it away from all that others send on. */
const CHECK_HEADER = 'x-health-check'

/**
 * User agents of programs that say so themselves, search engines and monitors among them, and of who says nothing.
 * One regular expression for nginx, as `~*` and this text in a map, and for JavaScript; it ignores case and has no
 * spaces, quotes, semicolons or braces. Cubot makes telephones.
 */
export const botPattern =
  '(?<!cu)bot|crawl|spider|slurp|facebookexternalhit|mediapartners|bingpreview|lighthouse|headless|' +
  'pingdom|uptime|monitor|kube-probe|healthcheck|health-check|googlehc|blackbox|^$'

const bots = new RegExp(botPattern, 'i')

export const isBot = ({ headers }: Visitor): boolean => bots.test(headers['user-agent'] ?? '')

export const isHealthCheck = ({ headers }: Visitor): boolean => headers[CHECK_HEADER] !== undefined

/** Whether what became of a request says anything of a side: only of people. */
export const counts = (visitor: Visitor): boolean => !isBot(visitor) && !isHealthCheck(visitor)
