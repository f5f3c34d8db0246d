import type { Port } from '../model.ts'
import { listOf } from './collections.ts'
import { scalar, textSchema } from './scalars.ts'
import type { Shape } from './shape.ts'

const written = /^(\d{1,5})(?:\/(tcp|udp))?$/i

export function parsePort(text: string): Port | undefined {
  const [, digits, protocol = 'tcp'] = written.exec(text) ?? []
  const number = Number(digits)
  if (digits === undefined || number < 1 || number > 65_535) return undefined
  return { number, protocol: protocol.toLowerCase() === 'udp' ? 'udp' : 'tcp' }
}

export const port: Shape<Port> = scalar(
  'a port from 1 to 65535, such as 8080 or "8080/tcp"',
  {
    anyOf: [
      { type: 'integer', minimum: 1, maximum: 65_535 },
      textSchema('[0-9]{1,5}(?:/(?:[tT][cC][pP]|[uU][dD][pP]))?'),
    ],
  },
  parsePort,
)

export const ports: Shape<readonly Port[]> = listOf(port, 'a port, or a list of ports')

export const samePort = (a: Port, b: Port): boolean => a.number === b.number && a.protocol === b.protocol

/** `8080`, or `53/udp` where it is not TCP. */
export const sayPort = ({ number, protocol }: Port): string =>
  protocol === 'tcp' ? String(number) : `${number}/${protocol}`
