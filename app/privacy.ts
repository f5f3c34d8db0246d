import { loadConfig } from './config/environment.ts'
import { startOrExplain } from './start/explain.ts'

await startOrExplain(async () => {
  const { privacyCommand } = await import('./privacy/privacy-command.ts')
  process.exitCode = await privacyCommand(loadConfig(), process.argv.slice(2))
})
