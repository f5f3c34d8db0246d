/** A command that failed, with the end of what it wrote. */
export class CommandError extends Error {
  readonly lines: readonly string[]

  constructor(program: string, args: readonly string[], reason: string, lines: readonly string[]) {
    super(`"${[program, ...args].join(' ')}" ${reason}`)
    this.name = 'CommandError'
    this.lines = lines
  }
}
