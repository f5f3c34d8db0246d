import { setTimeout as sleep } from 'node:timers/promises'
import type { ZodType } from 'zod'
import { problemAnswer } from './control-answers.ts'
import { ControlError, codeOfProblem, controlAway } from './control-error.ts'

export interface ControlAddress {
  /** Origin of its API. */
  readonly url: string
  readonly token: string
}

export interface ControlCall {
  readonly method?: 'GET' | 'POST' | 'PUT'
  readonly path: string
  readonly body?: object
  readonly headers?: Readonly<Record<string, string>>
  readonly signal: AbortSignal
}

// Three tries more, of which two calls of a form fit into what the balancer waits for it.
const patienceMilliseconds = 3500

/** Asks control; rejects with a ControlError, also for an answer that is a problem. */
export async function callControl(
  { url, token }: ControlAddress,
  { method = 'GET', path, body, headers, signal }: ControlCall,
): Promise<Response> {
  const answer = await fetch(url + path, {
    method,
    signal,
    // The token is for control alone.
    redirect: 'error',
    headers: {
      authorization: `Bearer ${token}`,
      ...(body && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body && { body: JSON.stringify(body) }),
  }).catch((error: unknown) => {
    throw controlAway(error)
  })
  if (!answer.ok) throw await problemIn(answer)
  return answer
}

/** The same, and for some seconds again where control says when: what it refuses so has begun nothing. */
export async function callPatiently(address: ControlAddress, call: ControlCall): Promise<Response> {
  for (const end = performance.now() + patienceMilliseconds; ; ) {
    try {
      return await callControl(address, call)
    } catch (error) {
      const wait = waitAfter(error)
      if (performance.now() + wait > end) throw error
      await sleep(wait, undefined, { signal: call.signal }).catch(() => undefined)
    }
  }
}

/** It is asked too often, or has too much to do. */
const waitAfter = (error: unknown): number =>
  error instanceof ControlError && error.retryAfterSeconds !== undefined
    ? error.retryAfterSeconds * 1000
    : Number.POSITIVE_INFINITY

/** The answer's JSON as its schema has it; rejects with a ControlError. */
export async function readJson<T>(answer: Response, schema: ZodType<T>): Promise<T> {
  const json: unknown = await answer.json().catch((error: unknown) => {
    throw controlAway(error)
  })
  const read = schema.safeParse(json)
  if (read.success) return read.data
  const places = read.error.issues.map(({ path }) => path.join('.') || 'all of it')
  throw new ControlError('unavailable', `Control answered what its API does not describe: ${places.join()}`)
}

async function problemIn(answer: Response): Promise<ControlError> {
  const { data } = problemAnswer.safeParse(await answer.json().catch(() => undefined))
  if (!data) return new ControlError('unavailable', `Control answered ${answer.status}.`)
  const { detail, code, todo, lines } = data
  const wait = Number(answer.headers.get('retry-after') ?? Number.NaN)
  const retryAfterSeconds = Number.isNaN(wait) ? undefined : wait
  return new ControlError(codeOfProblem(code), detail, {
    todo: adviceOn[code] ?? todo,
    lines,
    retryAfterSeconds,
  })
}

const adviceOn: Readonly<Record<string, string>> = {
  'no token': 'Give control_tokens the line of the token in console_token: npm run secrets makes both.',
  'wrong role': 'Give the token that role in control_tokens, or do it with the command swarm.',
}
