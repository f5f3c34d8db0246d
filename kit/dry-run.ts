import { AsyncLocalStorage } from 'node:async_hooks'

type Say = (text: string) => void

const storage = new AsyncLocalStorage<Say>()

/** Runs `work`, whose changes are only told to `say`. */
export const dryRun = <T>(say: Say, work: () => Promise<T>): Promise<T> => storage.run(say, work)

/** Where changes are told instead of made; undefined while they are made. */
export const teller = (): Say | undefined => storage.getStore()

/** Whether the work under way only tells what it would change. */
export const isDryRun = (): boolean => teller() !== undefined
