export interface Account {
  readonly id: string
  readonly email: string
  readonly workspace: string
}

export interface NewAccount {
  /** The idempotency key: the same key makes one account, however often it is sent. */
  readonly key: string
  readonly email: string
  readonly name: string
  readonly workspace: string
  readonly password: string
}

export type Creation = { readonly account: Account } | { readonly taken: 'workspace' | 'email' }

/** What the website needs of the account system, see docs/accounts-api.yaml. Every method rejects with OutsideError. */
export interface AccountsClient {
  create(account: NewAccount): Promise<Creation>
  /** Whether nobody has a workspace of this name. */
  isFree(workspace: string): Promise<boolean>
  /** The account that was made with this key; undefined when none was. */
  find(key: string): Promise<Account | undefined>
  close(): Promise<void>
}
