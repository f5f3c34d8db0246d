import type { z } from 'zod'
import type { Audit, Origin } from './audit.ts'
import type { ControlledApp, Perform } from './perform.ts'
import type { Tasks } from './tasks.ts'
import type { Role, Token } from './tokens.ts'
import type { Turns } from './turns.ts'

/** What the answers are made with. */
export interface Api {
  readonly app: ControlledApp
  readonly perform: Perform
  readonly tasks: Tasks
  readonly audit: Audit
  /** Of questions that are answered at once. */
  readonly turns: Turns
  /** Of changes, and of what is asked before one: whoever looks cannot keep an operator from stopping a version. */
  readonly changes: Turns
  /** Of logs that are read. */
  readonly streams: Turns
  readonly now: () => Date
  readonly going: Going
}

/** What a control knows of the canary that it goes on with, and nobody else. */
export interface Going {
  /** Empty where that is nothing. */
  waitsFor(): string
}

/** A request whose token, role and path are good. */
export interface Asking {
  readonly token: Token
  readonly origin: Origin
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly body: unknown
  /** Whoever asked is gone. */
  readonly gone: AbortSignal
}

/** JSON, or lines that come one after the other. */
export type Answer =
  | {
      readonly kind: 'json'
      readonly status: number
      readonly body: unknown
      readonly headers?: Readonly<Record<string, string>>
    }
  | { readonly kind: 'lines'; readonly write: (sink: LineSink) => Promise<void> }

/** Takes lines, once it is clear that there will be any. */
export interface LineSink {
  begin(): void
  /** Ends when the reader can take more; who does not wait is broken off at 4 MB. */
  line(value: object): Promise<void>
}

export interface Route {
  /** Its operationId in docs/control-api.yaml. */
  readonly operation: string
  readonly method: 'GET' | 'POST' | 'PUT'
  /** `{name}` stands for one segment. */
  readonly path: string
  readonly role: Role
  /** Of an answer to a good request. */
  readonly status: number
  /** The parameters that it takes. */
  readonly query: readonly string[]
  readonly body?: z.ZodType
  readonly answer: (asking: Asking, api: Api) => Promise<Answer>
}

export const json = (
  body: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  kind: 'json',
  status,
  body,
  headers,
})

/** The values of the segments in braces; undefined where the path is another. */
export function paramsIn(pattern: string, path: string): Record<string, string> | undefined {
  const [wanted, given] = [pattern.split('/'), path.split('/')]
  if (wanted.length !== given.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? ''
    const [, name] = /^\{(\w+)\}$/.exec(part) ?? []
    if (name === undefined ? part !== value : value === '') return undefined
    if (name !== undefined) params[name] = value
  }
  return params
}
