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
  | { readonly taken: 'workspace' | 'email' }

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
  const names = createNames()

  const add = (key: string, account: NewAccount): KeptAccount => {
    const made = newlyMade(key, account, now())
    accounts.set(key, made)
    names.take(made)
    dropOldest(accounts, mostAccounts, names.free)
    return made
  }
  const setPassword = async (key: string, { createdAt, calls: before }: KeptAccount, password: string) => {
    const calls = before + 1
    const change = (changes: Partial<KeptAccount>) => {
      const account = accounts.get(key)
      if (account) accounts.set(key, { ...account, ...changes })
    }
    change({ calls })
    if (now() - Date.parse(createdAt) > passwordMayChangeMilliseconds) return
    const passwordHash = await hashPassword(password)
    // The password of the last call counts, whichever was hashed first.
    if (accounts.get(key)?.calls === calls) change({ passwordHash })
  }

  return {
    async create(key, given) {
      const wanted = { ...given, email: given.email.toLowerCase() }
      const known = accounts.get(key)
      const taken = known ? undefined : names.taken(wanted)
      if (taken) return { taken }
      // Nothing has waited until here, so two calls at the same time cannot both make one.
      const account = known ?? add(key, wanted)
      await setPassword(key, account, given.password)
      return { account: publicPart(account), isNew: known === undefined }
    },
    byKey(key) {
      const account = accounts.get(key)
      return account && publicPart(account)
    },
    isFree: (workspace) => !names.workspaces.has(workspace),
    newestFirst: () => newestFirst(accounts),
    get size() {
      return accounts.size
    },
  }
}

/** The addresses and workspaces that are taken. */
function createNames() {
  const emails = new Set<string>()
  const workspaces = new Set<string>()
  return {
    workspaces,
    taken: (wanted: NewAccount) =>
      emails.has(wanted.email) ? 'email' : workspaces.has(wanted.workspace) ? 'workspace' : undefined,
    take({ email, workspace }: Account) {
      emails.add(email)
      workspaces.add(workspace)
    },
    free({ email, workspace }: Account) {
      emails.delete(email)
      workspaces.delete(workspace)
    },
  } as const
}

const newlyMade = (key: string, { email, name, workspace }: NewAccount, now: number): KeptAccount => ({
  id: `acc_${randomBytes(8).toString('hex')}`,
  email,
  name,
  workspace,
  createdAt: new Date(now).toISOString(),
  key,
  passwordHash: '',
  calls: 0,
})

const publicPart = ({ id, email, name, workspace, createdAt }: KeptAccount): Account => ({
  id,
  email,
  name,
  workspace,
  createdAt,
})
