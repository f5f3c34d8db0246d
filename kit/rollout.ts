const { interruption } = await import('./interruption.ts')
const { rolloutCommand } = await import('./rollout/rollout-command.ts')

// A terminal that is gone must not end what it began: see SIGHUP.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

const terminal = {
  say: (text: string) => process.stdout.write(text),
  complain: (text: string) => process.stderr.write(text),
  isTerminal: process.stdout.isTTY === true,
  columns: process.stdout.columns ?? 80,
}
process.exitCode = await rolloutCommand(process.argv.slice(2), terminal, interruption(process))
