import { createHash } from 'node:crypto'

const NAME = 'console'
// Of the roles of docs/control-api.yaml the least that can do all that the console offers.
const ROLE = 'operate'

/** The tokens of control with the console's: its line keeps the role that somebody gave it, and all other lines stay. */
export function withConsoleToken(tokens: string, consoleToken: string): string {
  const hash = createHash('sha256').update(consoleToken.trim()).digest('hex')
  const lines = tokens.split('\n')
  const at = lines.findIndex((line) => line.trim().split(/\s+/)[0] === NAME)
  const role = lines[at]?.trim().split(/\s+/)[1] ?? ROLE
  const line = `${NAME} ${role} ${hash}`
  if (at >= 0) return lines.with(at, line).join('\n')
  return [...lines.filter((other, index) => other !== '' || index < lines.length - 1), line, ''].join('\n')
}
