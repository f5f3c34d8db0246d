import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { loadConfig } from './config/environment.ts'
import { startOrExplain } from './start/explain.ts'

await startOrExplain(async () => {
  const config = loadConfig()
  // What is imported from here on is kept compiled between starts; where it cannot be kept, nothing changes.
  enableCompileCache(join(config.cacheDir, 'compile'))
  const { start } = await import('./start/start.ts')
  await start(config)
})
