import type { Config } from '../app/config/config.ts'

/** Starts the stand-ins in this process; the configuration that points at them. */
export const startStandIns = async (config: Config): Promise<Config> => config
