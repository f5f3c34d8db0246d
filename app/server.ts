import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { loadConfig } from './config/environment.ts'
import { makeFolder } from './saved/make-folder.ts'
import { startOrExplain } from './start/explain.ts'

await startOrExplain(async () => {
  let config = loadConfig()
  // What is imported from here on is kept compiled between starts; where it cannot be kept, nothing changes.
  const compiled = join(config.cacheDir, 'compile')
  if (makeFolder(compiled)) enableCompileCache(compiled)
  if (config.standIns) {
    const { startStandIns } = await import('../standins/in-process.ts')
    config = await startStandIns(config)
  }
  const { start } = await import('./start/start.ts')
  await start(config)
})
