/** One malformed or ambiguous message: its bytes, what nginx answers, and how often the app sees its first line. */
export interface Shape {
  readonly name: string
  /** `hidden` is an address that only somebody who misreads the message asks for. */
  readonly bytes: (path: string, hidden: string) => string
  /** The statuses on the wire. */
  readonly answers: readonly number[]
  readonly reaches: 0 | 1
}

/** A shape that nginx answers itself. */
export const refused = (name: string, bytes: Shape['bytes'], status = 400): Shape => ({
  name,
  bytes,
  answers: [status],
  reaches: 0,
})

/** A shape that is passed on as exactly one request. */
export const once = (name: string, bytes: Shape['bytes'], status = 404): Shape => ({
  name,
  bytes,
  answers: [status],
  reaches: 1,
})
