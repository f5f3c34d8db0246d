/** `add NAME` makes the line that lets an operator sign in; the exit code. */
export async function operatorCommand(_args: readonly string[]): Promise<number> {
  return 1
}
