import { existsSync, readFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cleanCheckout } from '../../e2e/checkout.ts'
import { run } from '../command.ts'
import { composeProject, docker } from '../docker.ts'
import { type Layout, layoutOf, TESTED } from './layout.ts'
import { thisRun } from './owner.ts'

/** The images of the site that the registry gets, each as `dogfood-NAME:current`, by the service that builds it. */
const SITE = {
  webapp: 'webapp',
  files: 'front',
  rediscache: 'redis',
  balancer: 'balancer',
  control: 'control',
  standins: 'stand-ins',
}
const TAG = 'current'
const MINUTES = 60_000

/** Builds the site's images and pushes them, once in a run of tests: nodes find `REGISTRY/dogfood-webapp:current`. */
export async function pushImages(layout: Layout = layoutOf(TESTED)): Promise<void> {
  const done = join(layout.folder, 'pushed')
  if (existsSync(done) && readFileSync(done, 'utf8') === String(thisRun())) return
  const tag = composeProject('cluster')
  await buildAll(tag)
  for (const name of Object.values(SITE))
    await push(layout, `dogfood-${name}:${tag}`, `dogfood-${name}:${TAG}`)
  await writeFile(done, String(thisRun()))
}

/** Pushes an image that this machine has, under the name `name:tag`. */
export async function push({ registry }: Layout, image: string, name: string): Promise<void> {
  const pushed = `127.0.0.1:${registry.port}/${name}`
  await docker('tag', image, pushed)
  await docker('push', '--quiet', pushed)
  await docker('image', 'rm', pushed)
}

/** Lines of a Dockerfile that make an image of a release differ from the one of pushImages, by its name. */
export type Differences = Readonly<Record<string, readonly string[]>>

/** Pushes a release under its name as tag: all images of the site, of which those given differ. */
export async function pushRelease(release: string, differences: Differences, layout = layoutOf(TESTED)) {
  for (const name of Object.values(SITE)) {
    const lines = differences[name]
    if (lines === undefined) await tagAgain(layout, `dogfood-${name}`, release)
    else {
      const image = `dogfood-${name}-${release}:${composeProject('cluster')}`
      const input = [`FROM 127.0.0.1:${layout.registry.port}/dogfood-${name}:${TAG}`, ...lines, ''].join('\n')
      await run('docker', ['build', '--quiet', '--tag', image, '-'], { input, timeout: 5 * MINUTES })
      await push(layout, image, `dogfood-${name}:${release}`)
    }
  }
}

/** In the registry alone: the same image under another tag. */
async function tagAgain({ registry }: Layout, name: string, tag: string): Promise<void> {
  const at = (which: string) => `http://127.0.0.1:${registry.port}/v2/${name}/manifests/${which}`
  const kinds = ['docker.distribution.manifest.v2', 'oci.image.manifest.v1', 'oci.image.index.v1']
  const Accept = kinds.map((kind) => `application/vnd.${kind}+json`).join(', ')
  const found = await fetch(at(TAG), { headers: { Accept } })
  const headers = { 'Content-Type': found.headers.get('content-type') ?? '' }
  const put = await fetch(at(tag), { method: 'PUT', headers, body: await found.bytes() })
  if (!put.ok) throw new Error(`${name}:${tag} is refused by the registry: ${put.status}`)
}

async function buildAll(tag: string): Promise<void> {
  const folder = await cleanCheckout()
  const settings = [
    'ACCOUNTS_URL=http://none',
    'MAIL_FROM=none',
    `TAG=${tag}`,
    'COMPOSE_PROFILES=stand-ins,swarm',
  ]
  await writeFile(join(folder, '.env'), settings.join('\n'))
  const files = ['docker-compose.yml', 'docker-compose.prod.yml'].flatMap((file) => ['--file', file])
  const args = ['compose', ...files, 'build', ...Object.keys(SITE)]
  await run('docker', args, { cwd: folder, timeout: 15 * MINUTES })
  await rm(folder, { recursive: true })
}
