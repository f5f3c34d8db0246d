import { run, succeeds } from './command.ts'
import { notOurs } from './machine.ts'
import { madeBy, makeStandIn, recipe } from './standins.ts'

/** The official images the project builds from and runs. */
export const IMAGES = [
  'redis:8.10.1',
  'node:26.10.0-slim',
  'nginx:1.30.6',
  'haproxy:3.2.26',
  'registry:2',
  'docker:28.5.2-cli',
  'certbot/certbot:v5.5.0',
  'prom/prometheus:v3.5.3',
] as const

const REGISTRY_SECONDS = 60
const PULL_SECONDS = 900

/** Has every image in place: the real one where a registry answers, a stand-in elsewhere. */
export async function prepareImages(say: (line: string) => void): Promise<void> {
  const whole = await Promise.all(IMAGES.map((image) => isWhole(image)))
  const wanted = IMAGES.filter((_, index) => !whole[index])
  const [first, ...rest] = wanted
  if (first === undefined) return
  say(`lab: getting ${wanted.join(', ')}`)
  // Where the first pull fails no registry is in reach, and asking again for each image only costs time.
  const reachable = await pull(first, REGISTRY_SECONDS)
  if (!reachable) await standIn(first, say)
  for (const image of rest) {
    if (!reachable || !(await pull(image, PULL_SECONDS))) await standIn(image, say)
  }
}

/** Whether the image under `tag` can be trusted to hold everything. */
export async function isWhole(image: string, tag = image): Promise<boolean> {
  const label = await madeBy(tag)
  if (label !== undefined) return label === recipe(image)
  return (
    (await fromRegistry(tag)) ||
    (notOurs() !== undefined && (await succeeds('docker', ['image', 'inspect', tag])))
  )
}

const pull = (image: string, seconds: number): Promise<boolean> =>
  succeeds('docker', ['pull', '--quiet', image], { timeout: seconds * 1000 })

const fromRegistry = (tag: string): Promise<boolean> =>
  run('docker', ['image', 'inspect', '--format', '{{len .RepoDigests}}', tag]).then(
    (count) => Number(count) > 0,
    () => false,
  )

async function standIn(image: string, say: (line: string) => void): Promise<void> {
  const reason = notOurs()
  if (reason) throw new Error(`${image} cannot be pulled, and no stand-in can be made: ${reason}`)
  say(`lab: no registry has ${image}, making a stand-in from Debian packages`)
  await makeStandIn(image)
}
