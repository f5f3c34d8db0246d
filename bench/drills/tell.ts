import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** What a command told whoever ran it. */
export interface Told {
  readonly exit: number
  readonly seconds: number
  /** Of both outputs, the ids in them left out. */
  readonly lines: readonly string[]
}

const patience = 120_000
const identifiers = /\b[a-z0-9]{25}\b/g

/** Runs a command like a script does: without a terminal, and whatever its exit code. */
export async function tell(command: string, args: readonly string[], input = ''): Promise<Told> {
  const begun = performance.now()
  const child = spawn(command, args, { timeout: patience })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  child.stdin.end(input)
  const [exit] = await once(child, 'close')
  const lines = output
    .replace(identifiers, 'ID')
    .split(/[\r\n]+/)
    .filter((line) => line.trim() !== '')
  return { exit: exit ?? -1, seconds: (performance.now() - begun) / 1000, lines }
}
