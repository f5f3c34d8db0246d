import { environment } from '../environment.ts'
import { interruption } from '../interruption.ts'
import { askOperator } from './ask-operator.ts'
import type { Context, Input } from './context.ts'

/** The context of this process: its folder, terminal, clock and variables. */
export const processContext = (): Context => ({
  readerGone: readerGone(),
  directory: process.cwd(),
  terminal: {
    say: (text) => void process.stdout.write(text),
    complain: (text) => void process.stderr.write(text),
    isTerminal: process.stdout.isTTY === true,
    columns: process.stdout.columns ?? 80,
  },
  input: processInput,
  now: () => new Date(),
  env: environment(),
  interruption: interruption(process),
})

function readerGone(): AbortSignal {
  const controller = new AbortController()
  // Without a listener such an error would end the process, whatever it is in the middle of.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => controller.abort())
  return controller.signal
}

// Standard input is opened by whoever looks at it, which takes as long as reading swarm.json.
const processInput: Input = {
  get isTerminal() {
    return process.stdin.isTTY === true
  },
  async all() {
    const { buffer } = await import('node:stream/consumers')
    return buffer(process.stdin)
  },
  answer: (question) => askOperator(question, process.stdin, process.stderr),
}
