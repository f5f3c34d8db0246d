import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

interface Terminal {
  readonly input: NodeJS.ReadStream
  readonly output: NodeJS.WriteStream
}

/** Why there is no password, and what to do. */
export class NoPassword extends Error {
  override readonly name = 'NoPassword'
}

/** The password that is typed twice on the terminal, unseen, or else the first line of the input. */
export async function askPassword({ input, output }: Terminal): Promise<string> {
  if (!input.isTTY) return firstLine(input)
  const first = await askUnseen('Password: ', { input, output })
  const second = await askUnseen('The same again: ', { input, output })
  if (first !== second) throw new NoPassword('The two passwords differ. Run the command again.')
  return first
}

async function firstLine(input: NodeJS.ReadStream): Promise<string> {
  let text = ''
  for await (const chunk of input.setEncoding('utf8')) text += chunk
  return text.split(/\r?\n/, 1)[0] ?? ''
}

async function askUnseen(question: string, { input, output }: Terminal): Promise<string> {
  // With a terminal of its own readline keeps the system from showing what is typed, and shows it here: nowhere.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input, output: nowhere, terminal: true })
  // Not before: whoever types at once would be shown by the system.
  output.write(question)
  const left = new AbortController()
  lines.on('SIGINT', () => left.abort())
  lines.on('close', () => left.abort())
  try {
    return await lines.question('', { signal: left.signal })
  } catch {
    throw new NoPassword('No password given, so nothing was changed.')
  } finally {
    lines.close()
    output.write('\n')
  }
}
