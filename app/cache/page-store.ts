import type { Encoding } from './encodings.ts'
import type { Variant, Variants } from './variant.ts'

/** Where finished pages are shared by all instances. Any call may fail or say nothing: it is a cache. */
export interface PageStore {
  get(key: string, encoding: Encoding): Promise<Variant | undefined>
  set(key: string, variants: Variants): Promise<void>
  /** True for the one caller, of all instances, that may render this page now. */
  lock(key: string): Promise<boolean>
  unlock(key: string): Promise<void>
  readonly state: StoreState
  close(): Promise<void>
}

/** `unused`: there is no such store; `up`, `down`: whether it answered last time. */
export type StoreState = 'unused' | 'up' | 'down'

/** For a single process, whose own memory is in front of the store already. */
export const noPageStore: PageStore = {
  state: 'unused',
  get: async () => undefined,
  set: async () => {},
  lock: async () => true,
  unlock: async () => {},
  close: async () => {},
}
