import type { Config } from '../config/config.ts'

/** `export EMAIL` prints what is kept of a person, `forget EMAIL` removes it; the exit code. */
export async function privacyCommand(_config: Config, _args: readonly string[]): Promise<number> {
  return 1
}
