import { connect } from 'node:net'

/** Where a balancer leads control to HAProxy's runtime API: https://docs.haproxy.org/3.2/management.html#9.3 */
export const STEERING_PORT = 8406

/** A balancer that starts, ends, or does not know this control yet is silent. */
export interface Silent {
  readonly kind: 'silent'
  readonly why: string
}

export type BalancerAnswer = { readonly kind: 'answered'; readonly text: string } | Silent

/** Has the balancer at an IP address run a line: commands, with semicolons between them. Never rejects. */
export function askBalancer(
  address: string,
  line: string,
  timeoutMs: number,
  port = STEERING_PORT,
): Promise<BalancerAnswer> {
  return new Promise((resolve) => {
    const socket = connect(port, address, () => socket.write(`${line}\n`)).setEncoding('utf8')
    let text = ''
    const end = (answer: BalancerAnswer) => {
      clearTimeout(limit)
      socket.destroy()
      resolve(answer)
    }
    const limit = setTimeout(
      () => end({ kind: 'silent', why: `it did not answer in ${timeoutMs} ms` }),
      timeoutMs,
    )
    socket.on('data', (more: string) => {
      text += more
    })
    socket.on('error', ({ message }) => end({ kind: 'silent', why: message }))
    // Even an empty answer is an empty line.
    socket.on('end', () =>
      end(text === '' ? { kind: 'silent', why: 'it takes no orders from here' } : { kind: 'answered', text }),
    )
  })
}
