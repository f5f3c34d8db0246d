import type { Command } from './docker.ts'

/** A command as one would type it into a POSIX shell, with what it is given as input. */
export function shellLine({ args, env = {}, input, inputIs }: Command): string {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${quote(value)}`)
  const line = [...variables, 'docker', ...args.map(quote)].join(' ')
  if (inputIs !== undefined) return `${line} < ${quote(inputIs)}\n`
  if (input === undefined) return `${line}\n`
  const text = typeof input === 'string' ? input : Buffer.from(input).toString('utf8')
  const end = freeMark(text)
  return `${line} <<'${end}'\n${text.endsWith('\n') ? text : `${text}\n`}${end}\n`
}

/** A word as a POSIX shell takes it for one. */
export const quote = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`

function freeMark(text: string): string {
  const lines = new Set(text.split('\n'))
  let mark = 'END'
  while (lines.has(mark)) mark += 'D'
  return mark
}
