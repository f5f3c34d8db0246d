import { AsyncLocalStorage } from 'node:async_hooks'

const storage = new AsyncLocalStorage<NodeJS.ProcessEnv>()

/** The variables of the process, unless the work under way was given others: the one place where the kit reads them. */
export const environment = (): NodeJS.ProcessEnv => storage.getStore() ?? process.env

/** Runs `work`, whose commands see these variables instead of those of the process. */
export const inEnvironment = <T>(variables: NodeJS.ProcessEnv, work: () => Promise<T>): Promise<T> =>
  storage.run(variables, work)
