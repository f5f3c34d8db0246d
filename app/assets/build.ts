import { join } from 'node:path'
import { openAssets } from './assets.ts'
import { StylesheetError } from './stylesheet.ts'
import { writeAssets } from './write.ts'

const [out] = process.argv.slice(2)
if (out === undefined) {
  console.error('No folder to write to was given. Use: node app/assets/build.ts FOLDER')
  process.exitCode = 2
} else {
  await build(out)
}

async function build(folder: string): Promise<void> {
  try {
    const assets = await openAssets({ dir: join(import.meta.dirname, '../static') })
    const urls = await writeAssets(assets, folder)
    console.log(`${urls.length} static files written to ${join(folder, 'static')}`)
  } catch (error) {
    if (!(error instanceof StylesheetError)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
