import { randomBytes } from 'node:crypto'
import { dropOldest, newestFirst } from '../newest.ts'
import type { NewAccount } from './new-account.ts'
import { hashPassword } from './password-hash.ts'

export interface Account {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly workspace: string
  readonly createdAt: string
}

/** An account with what only tests may ask for. */
export interface KeptAccount extends Account {
  readonly key: string
  readonly passwordHash: string
  /** How often it was sent. */
  readonly calls: number
}

export type Outcome =
  | { readonly account: Account; readonly isNew: boolean }
  | { taken: 'workspace' | 'email' }

/** The accounts; a key makes one, however many calls with it are under way. */
export interface AccountBook {
  create(key: string, account: NewAccount): Promise<Outcome>
  byKey(key: string): Account | undefined
  isFree(workspace: string): boolean
  newestFirst(): KeptAccount[]
  readonly size: number
}

const mostAccounts = 20_000
const passwordMayChangeMilliseconds = 3600 * 1000

export function createAccountBook(now: () => number = Date.now): AccountBook {
  const accounts = new Map<string, KeptAccount>()
  const emails = new Set<string>()
  const workspaces = new Set<string>()

  const forget = ({ email, workspace }: Account) => {
    emails.delete(email)
    workspaces.delete(workspace)
  }
  const add = (key: string, { email, name, workspace }: NewAccount) => {
    const id = `acc_${randomBytes(8).toString('hex')}`
    const createdAt = new Date(now()).toISOString()
    accounts.set(key, { id, email, name, workspace, createdAt, key, passwordHash: '', calls: 0 })
    emails.add(email)
    workspaces.add(workspace)
    dropOldest(accounts, mostAccounts, forget)
  }
  // Nothing waits before the account is there, so two calls at the same time cannot both make one.
  const reserve = (key: string, account: NewAccount): 'workspace' | 'email' | undefined => {
    if (emails.has(account.email)) return 'email'
    if (workspaces.has(account.workspace)) return 'workspace'
    add(key, account)
    return undefined
  }
  const setPassword = async (key: string, password: string) => {
    const calls = (accounts.get(key)?.calls ?? 0) + 1
    change(key, { calls })
    if (now() - Date.parse(accounts.get(key)?.createdAt ?? '') > passwordMayChangeMilliseconds) return
    const passwordHash = await hashPassword(password)
    // The password of the last call counts, whichever was hashed first.
    if (accounts.get(key)?.calls === calls) change(key, { passwordHash })
  }
  const change = (key: string, changes: Partial<KeptAccount>) => {
    const account = accounts.get(key)
    if (account) accounts.set(key, { ...account, ...changes })
  }

  return {
    async create(key, given) {
      const account = { ...given, email: given.email.toLowerCase() }
      const isNew = !accounts.has(key)
      const taken = isNew ? reserve(key, account) : undefined
      if (taken) return { taken }
      await setPassword(key, account.password)
      return { account: publicPart(accounts.get(key) as KeptAccount), isNew }
    },
    byKey(key) {
      const account = accounts.get(key)
      return account && publicPart(account)
    },
    isFree: (workspace) => !workspaces.has(workspace),
    newestFirst: () => newestFirst(accounts),
    get size() {
      return accounts.size
    },
  }
}

const publicPart = ({ id, email, name, workspace, createdAt }: KeptAccount): Account => ({
  id,
  email,
  name,
  workspace,
  createdAt,
})
