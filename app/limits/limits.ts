/** What is limited, each by its own key. */
export type LimitName =
  | 'invite by client'
  | 'invite by address'
  | 'link by client'
  | 'link by address'
  | 'workspace by invite'
  | 'account by invite'
  | 'sign-in by client'
  | 'sign-in by name'

export interface Limits {
  /** Takes one from what the key has left; the seconds to wait when nothing is. Never rejects: a dead store limits nobody. */
  take(limit: LimitName, key: string): Promise<number>
  close(): Promise<void>
}
