import { flushCompileCache } from 'node:module'
import { processContext } from './cli/process-context.ts'
import { run } from './cli/run.ts'

process.exitCode = await run(process.argv.slice(2), processContext())
flushCompileCache()
