import { Interrupted, ownSignal } from '../interruption.ts'

/**
 * Asks a question on a terminal; the line that was typed, without its end. The end of the input is an empty answer.
 * Throws an Interrupted at Ctrl-C, which readline takes from the terminal before it becomes a signal, and at any
 * signal that ends the work.
 */
export async function askOperator(
  question: string,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<string> {
  const { createInterface } = await import('node:readline')
  const signal = ownSignal()
  signal?.throwIfAborted()
  const asking = createInterface({ input, output })
  let isAnswered = false
  try {
    return await new Promise((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
      asking.once('SIGINT', () => reject(new Interrupted('SIGINT')))
      asking.once('close', () => resolve(''))
      asking.question(question, (answer) => {
        isAnswered = true
        resolve(answer)
      })
    })
  } finally {
    asking.close()
    // What is told next begins a line of its own.
    if (!isAnswered) output.write('\n')
  }
}
