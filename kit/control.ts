import { processContext } from './cli/process-context.ts'
import { report } from './cli/report.ts'
import { runControl } from './control/run-control.ts'

const context = processContext()
const ended = new AbortController()
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => ended.abort())
try {
  await runControl(context, ended.signal)
  process.exitCode = 0
} catch (error) {
  process.exitCode = report(error, context.terminal)
}
