import { BlockList, isIP } from 'node:net'
import type { Visitor } from './visitor.ts'

/** Who gets the canary whatever its share is. */
export type AllowRule =
  | { readonly kind: 'address'; readonly address: string; readonly bits: number }
  | { readonly kind: 'cookie' | 'header'; readonly name: string; readonly value: string }

export type Side = 'canary' | 'old'

/** A tester's cookie or header with this value, in place of the one that was agreed on, stays with the old version. */
const STAYS: Side = 'old'

// What neither nginx nor HAProxy nor a shell needs quotes for; nginx knows no cookies of other names.
const PAIRS = {
  cookie: /^cookie:([A-Za-z0-9_]{1,64})=([A-Za-z0-9._-]{1,64})$/,
  header: /^header:([A-Za-z0-9-]{1,64})=([A-Za-z0-9._-]{1,64})$/,
} as const

/** A rule as it is typed: `10.0.0.0/8`, `cookie:name=value` or `header:Name=value`; undefined for anything else. */
export function readAllowRule(text: string): AllowRule | undefined {
  for (const kind of ['cookie', 'header'] as const) {
    const [, name, value] = PAIRS[kind].exec(text) ?? []
    if (name !== undefined && value !== undefined && value !== STAYS) return { kind, name, value }
  }
  const [, typed = '', prefix] = /^([0-9A-Fa-f.:]+)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  const most = isIP(typed) === 4 ? 32 : 128
  const bits = Number(prefix ?? most)
  if (isIP(typed) === 0 || bits > most) return undefined
  return { kind: 'address', address: canonical(typed), bits }
}

/**
 * As https://url.spec.whatwg.org/#concept-ipv6-serializer has it. nginx refuses a `::` that stands for one group:
 * ngx_inet6_addr in https://github.com/nginx/nginx/blob/master/src/core/ngx_inet.c
 */
const canonical = (address: string): string =>
  isIP(address) === 6 ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address

/** As readAllowRule reads it; no spaces, quotes, semicolons, backslashes, commas or tildes. */
export const sayAllowRule = (rule: AllowRule): string =>
  rule.kind === 'address' ? `${rule.address}/${rule.bits}` : `${rule.kind}:${rule.name}=${rule.value}`

/** The side that a tester's cookie or header asks for. The old one wins where they ask for both. */
export function forcedSide(allow: readonly AllowRule[], visitor: Visitor): Side | undefined {
  const asked = allow.flatMap((rule) => {
    const sent = rule.kind === 'address' ? undefined : sentFor(rule, visitor)
    return rule.kind === 'address' || sent === undefined ? [] : [{ sent, value: rule.value }]
  })
  if (asked.some(({ sent }) => sent === STAYS)) return 'old'
  return asked.some(({ sent, value }) => sent === value) ? 'canary' : undefined
}

const sentFor = (
  { kind, name }: { readonly kind: 'cookie' | 'header'; readonly name: string },
  visitor: Visitor,
): string | undefined => visitor[kind === 'cookie' ? 'cookies' : 'headers'][name.toLowerCase()]

/** Whether a rule has the visitor's address. */
export function allowsAddress(allow: readonly AllowRule[], { address }: Visitor): boolean {
  const version = isIP(address)
  if (version === 0) return false
  const list = new BlockList()
  for (const rule of allow)
    if (rule.kind === 'address') list.addSubnet(rule.address, rule.bits, family(isIP(rule.address)))
  return list.check(address, family(version))
}

const family = (version: number): 'ipv4' | 'ipv6' => (version === 4 ? 'ipv4' : 'ipv6')
