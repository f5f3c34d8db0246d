/** A command that failed, with the end of what it said about it. */
export class CommandError extends Error {
  /** Not what it printed of the engine: a config or an environment is not for everybody whom a failure is told. */
  readonly lines: readonly string[]

  constructor(program: string, args: readonly string[], reason: string, lines: readonly string[]) {
    super(`"${[program, ...args].join(' ')}" ${reason}`)
    this.name = 'CommandError'
    this.lines = lines
  }
}
