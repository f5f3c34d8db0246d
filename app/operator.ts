import { startOrExplain } from './start/explain.ts'

await startOrExplain(async () => {
  const { operatorCommand } = await import('./operators/operator-command.ts')
  process.exitCode = await operatorCommand(process.argv.slice(2))
})
