import { type Command, CommandError, docker } from '../docker.ts'

// Without a leader a manager answers late, and over a broken line never.
const READING = { seconds: 60, mayBreakOff: true } as const

/** The words that a command prints, one a line. */
export async function askLines(command: Command): Promise<string[]> {
  return (await docker(command, READING)).split('\n').filter(Boolean)
}

/** The one line that a command prints; empty where it prints none. */
export async function askLine(command: Command): Promise<string> {
  const [line = ''] = await askLines(command)
  return line
}

/**
 * What `docker … inspect` prints of all ids at once; nothing is asked where there are none. One that is removed in
 * the meantime makes the command fail and print the others; those are the answer.
 */
export async function inspectAll<T>(
  inspect: (ids: readonly string[]) => Command,
  ids: readonly string[],
): Promise<T[]> {
  if (ids.length === 0) return []
  try {
    return JSON.parse(await docker(inspect(ids), READING)) as T[]
  } catch (error) {
    if (!isMissing(error)) throw error
    const found = await Promise.all(ids.map((id) => docker(inspect([id]), READING).catch(ifMissing)))
    return found.flatMap((text) => (text === undefined ? [] : (JSON.parse(text) as T[])))
  }
}

// No engine was reached, which says nothing of what is there: "no such host", "ssh: executable file not found".
const UNREACHED = /error during connect|cannot connect to|failed to connect/i

/** Whether docker failed because there is no such thing. */
export const isMissing = (error: unknown): boolean =>
  said(error, /no such|not found|nothing found/i) && !said(error, UNREACHED)

/** Whether docker failed because something has the name already. */
export const isTaken = (error: unknown): boolean => said(error, /already exists|conflicts with an existing/i)

const said = (error: unknown, what: RegExp): boolean =>
  error instanceof CommandError && what.test(error.lines.join('\n'))

/** For what is gone already, or was never there. */
export function ifMissing(error: unknown): undefined {
  if (!isMissing(error)) throw error
}
