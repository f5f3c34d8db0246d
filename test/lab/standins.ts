import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { makeBase } from './base.ts'
import { run } from './command.ts'
import { ownCertificates } from './machine.ts'

export const BASE = 'debian:forky-slim'
export const LABEL = 'dogfood.standin'

const folderOf = (image: string): string =>
  join(import.meta.dirname, 'standins', image.split(':')[0] ?? image)

/**
 * What a whole stand-in for `image` carries as its label: a hash of all it is made of. The label is the last thing an
 * image gets, so one that was cut off never has it.
 */
export function recipe(image: string): string {
  const hash = createHash('sha256').update(readFileSync(join(import.meta.dirname, 'base.ts')))
  for (const file of ownCertificates()) hash.update(readFileSync(file))
  if (image !== BASE) {
    for (const file of readdirSync(folderOf(image)).sort())
      hash.update(readFileSync(join(folderOf(image), file)))
  }
  if (image.startsWith('node:')) hash.update(process.version)
  return hash.digest('hex').slice(0, 16)
}

/** The recipe an image here was made by; undefined for one that is missing, half made or not a stand-in. */
export function madeBy(tag: string): Promise<string | undefined> {
  const format = `{{index .Config.Labels "${LABEL}"}}`
  return run('docker', ['image', 'inspect', '--format', format, tag]).then(
    (label) => label || undefined,
    () => undefined,
  )
}

/** Makes a stand-in for an official image under the name `tag`, and first the base image when that isn't whole. */
export async function makeStandIn(image: string, tag = image): Promise<void> {
  const remakeBase = () => makeBase(BASE, `${LABEL}=${recipe(BASE)}`)
  if ((await madeBy(BASE)) !== recipe(BASE)) await remakeBase()
  // A power cut can leave a base image whose label is whole and whose files are not.
  await build(image, tag, []).catch(async () => {
    await remakeBase()
    await build(image, tag, ['--no-cache'])
  })
}

async function build(image: string, tag: string, options: readonly string[]): Promise<void> {
  const label = ['--label', `${LABEL}=${recipe(image)}`]
  const extra = image.startsWith('node:') ? await nodeParts() : []
  const args = [
    'build',
    '--progress',
    'plain',
    '--network',
    'host',
    '--tag',
    tag,
    ...label,
    ...extra,
    ...options,
  ]
  await run('docker', [...args, folderOf(image)], { timeout: 600_000 })
}

async function nodeParts(): Promise<string[]> {
  const npm = await realpath(await run('sh', ['-c', 'command -v npm']))
  const contexts = { runtime: dirname(process.execPath), npm: dirname(dirname(npm)) }
  const certificates = ownCertificates().length > 0 ? '/etc/ssl/certs/ca-certificates.crt' : ''
  return [
    ...Object.entries(contexts).flatMap(([name, folder]) => ['--build-context', `${name}=${folder}`]),
    ...['--build-arg', `EXTRA_CERTIFICATES=${certificates}`],
  ]
}
