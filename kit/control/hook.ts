import { type CheckResult, printable } from '../canary/check.ts'
import type { Question } from './question.ts'

/** An answer that takes longer is none. */
const ANSWER_MS = 10_000
/** Characters of an answer that are kept. */
const KEPT = 300
/** Of UTF-8, whose characters have four at most. */
const READ_BYTES = 4 * KEPT

/** Asks a hook once: 2xx passes. Nothing that it answers or leaves out throws. */
export async function askHook(
  url: string,
  question: Question,
  signal: AbortSignal,
  answerMs = ANSWER_MS,
): Promise<CheckResult> {
  const patience = AbortSignal.timeout(answerMs)
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'swarm-canary' },
      body: JSON.stringify(question),
      // It could lead to where only a control gets.
      redirect: 'manual',
      signal: AbortSignal.any([signal, patience]),
    })
    const said = printable(await beginOf(answer)).slice(0, KEPT)
    return { passed: answer.ok, evidence: [`it answers ${answer.status}`, ...(said === '' ? [] : [said])] }
  } catch (error) {
    const why = patience.aborted ? `no answer in ${answerMs / 1000} s` : reasonOf(error)
    return { passed: false, evidence: [why] }
  }
}

/** Of an answer without end, too. */
async function beginOf({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body ?? []) {
    chunks.push(chunk)
    length += chunk.length
    if (length >= READ_BYTES) break
  }
  return Buffer.concat(chunks).subarray(0, READ_BYTES).toString('utf8')
}

/** `fetch failed` says nothing; its cause does. */
function reasonOf(error: unknown): string {
  const { cause, message } = error instanceof Error ? error : new Error(String(error))
  return printable(cause instanceof Error ? cause.message : message)
}
