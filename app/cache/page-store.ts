import type { Encoding } from './encodings.ts'
import type { Variant, Variants } from './variant.ts'

/** What a store says of a page: here it is, it is yours to render, or somebody else is rendering it. */
export type Claim = { readonly variant: Variant } | 'yours' | 'theirs'

/** Where finished pages are shared by all instances. Any call may reject: it is a cache. */
export interface PageStore {
  /** The page, or the right to render it, which one caller of all instances gets until it lets go. */
  claim(key: string, encoding: Encoding): Promise<Claim>
  set(key: string, variants: Variants): Promise<void>
  /** Lets go of the right to render. */
  release(key: string): Promise<void>
  readonly state: StoreState
  close(): Promise<void>
}

/** `unused`: there is no such store; `opening`: nobody needed it yet; `up`, `down`: whether it answered last time. */
export type StoreState = 'unused' | 'opening' | 'up' | 'down'

/** The state of a store that has several connections. */
export const worstOf = (first: StoreState, other: StoreState): StoreState => (first === 'up' ? other : first)

/** For a single process, whose own memory is in front of the store already. */
export const noPageStore: PageStore = {
  state: 'unused',
  claim: async () => 'yours',
  set: async () => {},
  release: async () => {},
  close: async () => {},
}
