import { readSettings } from './settings.ts'
import { startStandIns } from './stand-ins.ts'

const standIns = await startStandIns(readSettings())
const { port } = new URL(standIns.url)
process.stdout.write(`Stand-ins for CRM, accounts and mail: http://localhost:${port}\n`)

const stop = () => standIns.close().then(() => process.exit(0))
process.once('SIGTERM', stop).once('SIGINT', stop)
