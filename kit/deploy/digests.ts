import { randomBytes } from 'node:crypto'
import { CommandError, docker } from '../docker.ts'
import { isDryRun } from '../dry-run.ts'
import { Failure } from '../failure.ts'
import { regardless } from '../interruption.ts'
import { askRegistry, createProbe, probedImages, removeServices } from './commands.ts'

const DIGEST = /@sha256:[0-9a-f]{64}$/
const LOOK_SECONDS = 60

/**
 * Each image with the digest that its registry has at this moment. All that have none are named at once: nothing is
 * deployed whose nodes would have to guess.
 */
export async function resolveImages(
  stack: string,
  images: readonly string[],
  tell: (text: string) => void,
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(images)]
  const asked = await Promise.all(wanted.map(async (image) => [image, await fromHere(image)] as const))
  const open = asked.filter(([, found]) => found === undefined).map(([image]) => image)
  const found = new Map([...asked, ...(await fromEngine(stack, open))])
  const missing = wanted.filter((image) => found.get(image) === undefined)
  if (missing.length > 0 && isDryRun())
    tell(`Only a deploy that is no dry run can ask the engine for the digest of ${missing.join(', ')}.\n`)
  else if (missing.length > 0) throw unresolved(missing)
  return new Map([...found].flatMap(([image, full]) => (full === undefined ? [] : [[image, full]])))
}

/** Asks the registry from this machine; undefined where that cannot be done. */
async function fromHere(image: string): Promise<string | undefined> {
  if (DIGEST.test(image)) return image
  if (isOnNodes(image)) return undefined
  const asking = docker(askRegistry(image), { seconds: LOOK_SECONDS, mayBreakOff: true })
  const digest = await asking.catch(ifRefused)
  return /^sha256:[0-9a-f]{64}$/.test(digest ?? '') ? `${withTag(image)}@${digest}` : undefined
}

/**
 * Asks the engine, which knows its registries: one without TLS, one that only the cluster reaches, one that listens
 * on the nodes themselves.
 */
async function fromEngine(
  stack: string,
  images: readonly string[],
): Promise<readonly (readonly [string, string | undefined])[]> {
  if (images.length === 0 || isDryRun()) return []
  const run = randomBytes(4).toString('hex')
  const names = images.map((_, index) => `${stack}_probe-${run}-${index}`)
  const made = await Promise.all(
    images.map((image, index) =>
      docker(createProbe(names[index] ?? '', image, stack), { seconds: LOOK_SECONDS }).catch(ifRefused),
    ),
  )
  const ids = made.filter((id) => id !== undefined)
  if (ids.length === 0) return []
  try {
    const seen = (await docker(probedImages(ids))).split('\n')
    const resolved = (name: string) => seen.find((line) => line.startsWith(`${name} `))?.split(' ')[1]
    return images.map((image, index) => {
      const full = resolved(names[index] ?? '')
      return [image, full !== undefined && DIGEST.test(full) ? full : undefined] as const
    })
  } finally {
    await regardless(() => docker(removeServices(ids)))
  }
}

function ifRefused(error: unknown): undefined {
  if (!(error instanceof CommandError)) throw error
}

/** Whether the name means a registry on whatever machine reads it: that of the nodes, then. */
const isOnNodes = (image: string): boolean => /^(?:localhost|127\.\d+\.\d+\.\d+)(?::\d+)?\//.test(image)

const withTag = (image: string): string => (/:[^/]+$/.test(image) ? image : `${image}:latest`)

const unresolved = (problems: readonly string[]): Failure =>
  new Failure(
    'refused',
    'Nothing was changed, as no registry tells the digest of these images:',
    'Push them, or log in to their registry (`docker login`), then run the command again.',
    problems,
  )
