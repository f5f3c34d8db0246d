import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { loadConfig } from './config/environment.ts'
import { startOrExplain } from './start/explain.ts'

await startOrExplain(async () => {
  const config = loadConfig()
  enableCompileCache(join(config.cacheDir, 'compile'))
  const { checkSite, compileServer } = await import('./start/check-site.ts')
  process.exitCode = await checkSite(config)
  await compileServer()
})
