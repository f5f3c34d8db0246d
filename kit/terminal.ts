/** Where a command writes. */
export interface Terminal {
  say(text: string): void
  complain(text: string): void
  readonly isTerminal: boolean
  readonly columns: number
}
