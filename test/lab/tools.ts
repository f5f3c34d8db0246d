import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './command.ts'
import { docker } from './docker.ts'

const TAG = 'dogfood-tools:test'
const LABEL = 'dogfood.tools'
const MINUTES = 60_000
const folder = join(import.meta.dirname, 'tools')

/** The image with slowhttptest, testssl, pebble, h2load, openssl and curl; built where it is missing or older than its Dockerfile. */
export async function toolsImage(): Promise<string> {
  const recipe = createHash('sha256')
    .update(readFileSync(join(folder, 'Dockerfile')))
    .digest('hex')
  const label = `${LABEL}=${recipe.slice(0, 16)}`
  if ((await docker('image', 'ls', '--quiet', '--filter', `label=${label}`, TAG)) !== '') return TAG
  const args = ['build', '--quiet', '--network', 'host', '--label', label, '--tag', TAG, folder]
  await run('docker', args, { timeout: 10 * MINUTES })
  return TAG
}
