import type { Stack } from '../../compile/types.ts'
import { Failure } from '../../failure.ts'

/** Throws a Failure that names every secret the stack needs and nobody has set. */
export function needSecrets(
  { secrets }: Stack,
  newest: ReadonlyMap<string, string>,
  environment: string,
): void {
  const missing = Object.keys(secrets).filter((name) => !newest.has(name))
  if (missing.length === 0) return
  throw new Failure(
    'refused',
    `Nothing was changed, as ${missing.length === 1 ? 'a secret is' : `${missing.length} secrets are`} not set:`,
    'Set each from a file that nobody else can read, then run the command again.',
    missing.map((name) => `swarm --env ${environment} secrets set ${name} < FILE`),
  )
}
