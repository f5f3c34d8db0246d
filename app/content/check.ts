import { join } from 'node:path'
import { loadConfig } from '../config/environment.ts'
import { openTemplates } from '../templates/templates.ts'
import { checkContent, faultReport } from './check-content.ts'

const { contentDir, cacheDir } = loadConfig()
const views = join(import.meta.dirname, '../views')
const templates = await openTemplates({ dir: views, cacheDir })
const knownUrls = ['/blog', '/session']
const faults = await checkContent({ dir: contentDir, cacheDir, templates: templates.names, knownUrls })
console.log(faultReport(faults))
process.exitCode = faults.some(({ severity }) => severity === 'error') ? 1 : 0
