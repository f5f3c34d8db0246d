import type { Config } from '../config/config.ts'
import { OutsideError } from '../outside/outside-error.ts'
import type { Mailer } from './mailer.ts'

/** The client that the configuration names. */
export function openMailer(_config: Pick<Config, 'mailUrl' | 'mailFrom' | 'outboxDir'>): Mailer {
  const missing = async () => {
    throw new OutsideError('mail', 'unreachable', 'no client yet')
  }
  return { send: missing, close: async () => {} }
}
