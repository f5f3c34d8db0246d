import type { Config } from '../config/config.ts'
import { OutsideError } from '../outside/outside-error.ts'
import type { AccountsClient } from './accounts-client.ts'

/** The client that the configuration names. */
export function openAccounts(_config: Pick<Config, 'accountsUrl' | 'accountsToken'>): AccountsClient {
  const missing = async () => {
    throw new OutsideError('accounts', 'unreachable', 'no client yet')
  }
  return { create: missing, isFree: missing, find: missing, close: async () => {} }
}
