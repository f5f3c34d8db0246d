import type { IncomingMessage } from 'node:http'
import type { z } from 'zod'
import { Failure } from '../failure.ts'
import { ApiProblem } from './problem.ts'

const MOST_BYTES = 16 * 1024

/** The JSON that a request brings; an empty object where it brings nothing. */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  if (Number(request.headers['content-length'] ?? 0) > MOST_BYTES) throw tooLarge()
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > MOST_BYTES) throw tooLarge()
    chunks.push(chunk)
  }
  if (bytes === 0) return {}
  if (!/^application\/json(?:;|$)/i.test(request.headers['content-type'] ?? ''))
    throw new ApiProblem('wrong type', 'A body is application/json.')
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    throw new ApiProblem('not JSON', 'The body is no JSON.')
  }
}

// What is left of the body is not read, so the connection is of no use any more.
const tooLarge = (): ApiProblem =>
  new ApiProblem('too large', `A body has ${MOST_BYTES} bytes at most.`, { Connection: 'close' })

/** The value as its schema has it. Throws a Failure of usage that names each place. */
export function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const places = read.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`)
  throw new Failure('usage', 'The body is not as it should be:', 'See docs/control-api.yaml.', places)
}
