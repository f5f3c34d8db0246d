import { readAllowRule } from '../../kit/canary/allow-rule.ts'
import type { Visitor } from '../../kit/canary/visitor.ts'
import { visitorCookie } from '../../kit/canary/visitor-cookie.ts'
import { randomOf, visitor } from '../kit/canary/canaries.ts'
import type { Question } from './visit.ts'

/** A visitor that a test made up: what they send, and what they are once the front has named the request. */
export interface MadeUp {
  readonly question: Question
  /** `id` is that of the request, which counts where the cookie is no good. */
  visitor(id: string): Visitor
}

const RULES = [
  'cookie:Tester=blue',
  'cookie:tester=green.1',
  'header:X-Tester=blue',
  'header:X-Side=b_1',
  '198.51.100.0/24',
  '192.0.2.7',
  '2001:db8:1::/48',
]
export const allow = RULES.flatMap((rule) => readAllowRule(rule) ?? [])

const agents = [
  ...Array<string>(8).fill(visitor(0).headers['user-agent'] ?? ''),
  'Mozilla/5.0 (compatible; Googlebot/2.1)',
  'Mozilla/5.0 HeadlessChrome/150',
  'Mozilla/5.0 (Linux; Android 9; CUBOT_X18_Plus)',
  'curl/8.9',
  '',
]
const addresses = [
  ...Array<string>(6).fill('203.0.113.7'),
  '198.51.100.9',
  '198.51.101.9',
  '192.0.2.7',
  '192.0.2.8',
  '2001:db8:1:2::3',
  '2001:db8:2::3',
]
const testers = ['blue', 'Blue', 'green.1', 'greenx1', 'old', 'old ', 'b_1']
const names = ['cookie:tester', 'header:x-tester', 'header:x-side'] as const

/** So many visitors, the same ones each time. */
export function madeUpVisitors(count: number, salt: string): MadeUp[] {
  const random = randomOf(7)
  const oneOf = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  return Array.from({ length: count }, (_, number) => {
    const headers: Record<string, string> = { 'user-agent': oneOf(agents) }
    const cookies: Record<string, string> = {}
    for (const name of names.filter(() => random() < 0.1)) {
      const [kind, key = ''] = name.split(':')
      ;(kind === 'cookie' ? cookies : headers)[key] = oneOf(testers).trim()
    }
    if (random() < 0.03) headers['x-health-check'] = 'balancer'
    const address = oneOf(addresses)
    const { id } = visitor(number)
    const kept = oneOf([
      visitorCookie(id, salt),
      visitorCookie(id, salt),
      visitorCookie(id, 'forged'),
      '',
      id,
    ])
    const isKnown = kept === visitorCookie(id, salt)
    return {
      question: {
        path: '/own',
        headers: { ...headers, 'x-test-address': address, ...cookieHeader(cookies, kept) },
      },
      visitor: (request) => ({ id: isKnown ? id : request, address, headers, cookies }),
    }
  })
}

function cookieHeader(cookies: Readonly<Record<string, string>>, kept: string): { cookie?: string } {
  const all = [...Object.entries(cookies), ['__Host-side', kept] as const].filter(([, value]) => value !== '')
  return all.length > 0 ? { cookie: all.map(([name, value]) => `${name}=${value}`).join('; ') } : {}
}
