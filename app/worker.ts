import { loadConfig } from './config/environment.ts'
import { startOrExplain } from './start/explain.ts'

await startOrExplain(async () => {
  const { startWorker } = await import('./deliveries/worker-process.ts')
  await startWorker(loadConfig())
})
