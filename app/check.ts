import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { loadConfig } from './config/environment.ts'
import { makeFolder } from './saved/make-folder.ts'
import { startOrExplain } from './start/explain.ts'

await startOrExplain(async () => {
  const config = loadConfig()
  const compiled = join(config.cacheDir, 'compile')
  if (makeFolder(compiled)) enableCompileCache(compiled)
  const { checkSite, compileServer } = await import('./start/check-site.ts')
  process.exitCode = await checkSite(config)
  await compileServer()
})
