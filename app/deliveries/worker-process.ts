import type { Config } from '../config/config.ts'

/** Works off the queue until SIGTERM or SIGINT. */
export async function startWorker(_config: Config): Promise<void> {}
