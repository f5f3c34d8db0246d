import { OutsideError } from '../outside/outside-error.ts'

/** What the account system answers, if it does in time; rejects with OutsideError `slow` if not. */
export async function inTime<T>(answer: Promise<T>, milliseconds: number): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => reject(new OutsideError('accounts', 'slow', `no answer within ${milliseconds} ms`)),
    milliseconds,
  )
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}
