import { splitWords } from '../definition/keys/program.ts'
import { usage } from './option-values.ts'

/** What is asked before a canary gets more visitors, besides how it compares with the old version. */
export type Check =
  | { readonly kind: 'hook'; readonly url: string }
  | { readonly kind: 'command'; readonly words: readonly string[] }

/** How a check ended, with lines that say why. */
export interface CheckResult {
  readonly passed: boolean
  readonly evidence: readonly string[]
}

/** All of them run at the same time. */
export const MOST_CHECKS = 5

/** Characters: a state of a canary holds them. */
export const MOST_OF_CHECK = 500

/** A check as it is typed: the address of a hook, or a command line. Undefined for anything else. */
export function readCheck(text: string): Check | undefined {
  if (text.length > MOST_OF_CHECK) return undefined
  if (isAddress(text)) {
    const url = URL.parse(text)
    return url === null || hasUser(url) ? undefined : { kind: 'hook', url: url.href }
  }
  const words = splitWords(text)
  return words === undefined || words.length === 0 || words[0] === '' ? undefined : { kind: 'command', words }
}

/** For whoever may read it: without the query of an address, which may hold a secret. */
export function sayCheck(text: string): string {
  if (!isAddress(text)) return printable(text)
  const url = URL.parse(text)
  return url === null ? 'an address' : `${url.origin}${url.pathname}`
}

/** What a check wrote, in one line: nothing in it steers a terminal. */
export const printable = (text: string): string => text.replace(/[\s\p{C}]+/gu, ' ').trim()

/** The checks of all --check. Throws a Failure of usage, which shows no secret. */
export function readChecks(texts: readonly string[]): readonly string[] {
  if (texts.length > MOST_CHECKS)
    throw usage(
      `--check is given ${texts.length} times.`,
      `Give at most ${MOST_CHECKS}; a command may check more than one thing.`,
    )
  for (const text of texts) refuseUnlessCheck(text)
  return texts
}

function refuseUnlessCheck(text: string): void {
  if (readCheck(text)) return
  const url = isAddress(text) ? URL.parse(text) : null
  if (url && hasUser(url))
    throw usage(
      `--check ${sayCheck(text)} has a user or a password.`,
      'Write the address without it; a hook knows its caller by a secret in the query.',
    )
  throw usage(
    `--check ${sayCheck(text).slice(0, 60)} is not understood.`,
    `Write an address, https://hooks.example.com/canary, or a command line whose quotes are closed; ${MOST_OF_CHECK} characters at most.`,
  )
}

const isAddress = (text: string): boolean => /^https?:/i.test(text)

const hasUser = ({ username, password }: URL): boolean => username !== '' || password !== ''
