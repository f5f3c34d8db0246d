import { isCommonPassword } from './common-passwords.ts'

/** In characters as people count them. */
export const passwordLength = { least: 10, most: 200 } as const
const fewestDifferent = 4

export const passwordWording = {
  missing: 'Please choose a password.',
  short: `Please use at least ${passwordLength.least} characters. A few words are fine.`,
  long: `Please use at most ${passwordLength.most} characters.`,
  known: 'Please use no name or address that others know. A few words of your own are better.',
  common: 'This is among the first passwords that are tried. A few words of your own are better.',
} as const

/** The same text for the same password, whichever device it was typed on (NFKC, as NIST SP 800-63B asks for). */
export const typedPassword = (typed: string): string => typed.normalize('NFKC')

/**
 * Why a password will not do; undefined when it will. It is judged by its length and by how soon it would be tried,
 * never by the kinds of characters in it. `known` is what anybody may know of the visitor.
 */
export async function passwordFault(password: string, known: readonly string[]): Promise<string | undefined> {
  const { length } = [...password]
  if (length === 0) return passwordWording.missing
  if (length < passwordLength.least) return passwordWording.short
  if (length > passwordLength.most) return passwordWording.long
  const lower = password.toLowerCase()
  const guesses = [lower, wordOf(lower)]
  if (known.some((text) => guesses.includes(text.toLowerCase()))) return passwordWording.known
  if (new Set(lower).size < fewestDifferent) return passwordWording.common
  const common = await Promise.all(guesses.map(isCommonPassword))
  return common.includes(true) ? passwordWording.common : undefined
}

/** The word in `password123!`, if it is at least half of it; else the text as it is. */
function wordOf(text: string): string {
  const word = text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  return word.length * 2 >= text.length ? word : text
}
