import { readSettings } from './settings.ts'
import { startStandIns } from './stand-ins.ts'

const settings = readSettings()
const standIns = await startStandIns(settings)
process.stdout.write(`Stand-ins for CRM, accounts and mail: http://localhost:${settings.port}\n`)

const stop = () => standIns.close().then(() => process.exit(0))
process.once('SIGTERM', stop).once('SIGINT', stop)
