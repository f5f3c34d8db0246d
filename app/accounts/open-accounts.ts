import type { Config } from '../config/config.ts'
import type { AccountsClient } from './accounts-client.ts'
import { createAccountsHttpClient } from './accounts-http-client.ts'

/** The client that the configuration names. */
export const openAccounts = ({
  accountsUrl,
  accountsToken,
}: Pick<Config, 'accountsUrl' | 'accountsToken'>): AccountsClient =>
  createAccountsHttpClient(accountsUrl, accountsToken)
