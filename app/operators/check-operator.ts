import type { OperatorEntry } from '../config/config.ts'
import { isPassword } from './password.ts'

/** Who has this name and password; undefined for nobody. */
export type CheckOperator = (name: string, password: string) => Promise<OperatorEntry | undefined>

// Nobody knows its password, which was random.
const nobodysHash = 'scrypt$131072$8$1$bm9ib2R5IGhhcyBpdC4uLg$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'

/**
 * Checks one password at a time, as each takes 128 MiB. A name that nobody has takes as long as one that
 * somebody has, so that the answer's time tells no names.
 */
export function checkOperator(operators: readonly OperatorEntry[]): CheckOperator {
  const decoy = operators[0]?.passwordHash ?? nobodysHash
  let last: Promise<unknown> = Promise.resolve()
  return (name, password) => {
    const operator = operators.find((entry) => entry.name === name)
    const check = async () =>
      (await isPassword(password, operator?.passwordHash ?? decoy)) ? operator : undefined
    const checked = last.then(check)
    last = checked.catch(() => undefined)
    return checked
  }
}
