import { isSame, macOf } from '../signing/mac.ts'

/** What the hidden field of a form tells: people take their time, and keep no form for days. */
export type Opened = 'in time' | 'too quick' | 'unknown'

const shortestMilliseconds = 2000
const longestMilliseconds = 24 * 3600 * 1000

const openedForm = /^([0-9a-z]{1,11})\.([\w-]{43})$/

const signatureOf = (secret: string, moment: string): Buffer => macOf(secret, 'form opened', moment)

/** A hidden field that says when its form was opened (ms since 1970), signed by the first secret. */
export function openedAt([secret = '']: readonly string[], now: number): string {
  const moment = now.toString(36)
  return `${moment}.${signatureOf(secret, moment).toString('base64url')}`
}

/** Whether a form comes back in time; `unknown` when none of the secrets signed the field, or too long ago. */
export function readOpened(secrets: readonly string[], field: string, now: number): Opened {
  const [, moment = '', signature = ''] = openedForm.exec(field) ?? []
  const given = Buffer.from(signature, 'base64url')
  const isOurs = secrets.some((secret) => isSame(signatureOf(secret, moment), given))
  const age = now - Number.parseInt(moment, 36)
  if (!isOurs || age > longestMilliseconds) return 'unknown'
  return age < shortestMilliseconds ? 'too quick' : 'in time'
}
