import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../lab/command.ts'
import { docker } from '../lab/docker.ts'
import type { ProductionStack } from '../production/stack.ts'

export interface Ended {
  readonly exit: number | null
  readonly output: string
}

/** Runs `npm run rollout` on a stack, as its clean checkout has it. */
export const rollout = (stack: ProductionStack, ...args: string[]): Promise<Ended> =>
  startRollout(stack, ...args).ended

export interface RunningRollout {
  readonly process: ChildProcess
  readonly ended: Promise<Ended>
  /** Waits for a line of its output. */
  until(line: RegExp): Promise<void>
}

export function startRollout(stack: ProductionStack, ...args: string[]): RunningRollout {
  const files = ['docker-compose.yml', 'docker-compose.prod.yml', 'subnets.json'].filter((file) =>
    existsSync(join(stack.folder, file)),
  )
  const place = ['--project', stack.project, ...files.flatMap((file) => ['--file', file])]
  const child = spawn(process.execPath, ['kit/rollout.ts', ...place, ...args], { cwd: stack.folder })
  let output = ''
  const keep = (text: string) => {
    output += text
    child.emit('told')
  }
  child.stdout.setEncoding('utf8').on('data', keep)
  child.stderr.setEncoding('utf8').on('data', keep)
  const ended = new Promise<Ended>((resolve) => child.once('close', (exit) => resolve({ exit, output })))
  return {
    process: child,
    ended,
    until: (line) =>
      new Promise((resolve, reject) => {
        const look = () => line.test(output) && resolve()
        child.on('told', look)
        ended.then(() =>
          line.test(output) ? resolve() : reject(new Error(`ended without ${line}:\n${output}`)),
        )
        look()
      }),
  }
}

/** Makes a release from the one that the stack was started with; its name for --image. */
export async function makeRelease(
  stack: ProductionStack,
  release: string,
  ...lines: string[]
): Promise<string> {
  const image = `dogfood-webapp-${release}:${stack.project}`
  const input = [`FROM ${(await imageOf(stack)).first}`, `ENV RELEASE=${release}`, ...lines, ''].join('\n')
  await run('docker', ['build', '--quiet', '--tag', image, '-'], { input })
  return image
}

const firsts = new Map<string, string>()

async function imageOf({ project }: ProductionStack): Promise<{ first: string }> {
  // The name moves with the first rollout.
  const first = firsts.get(project) ?? `dogfood-webapp-first:${project}`
  if (!firsts.has(project)) await docker('image', 'tag', `dogfood-webapp:${project}`, first)
  firsts.set(project, first)
  return { first }
}

/** A line for makeRelease: the server runs this program before its own. `broken(url)` decides whom it refuses. */
export function withFault(program: string): string {
  const code = `if (process.argv[1]?.endsWith('app/server.ts')) { ${program} }`
  // Docker would take quotes out of a line of ENV.
  return `ENV NODE_OPTIONS=--import=data:text/javascript;base64,${Buffer.from(code).toString('base64')}`
}

/** For withFault: requests for which the condition holds get this status. */
export const answering = (status: number, condition: string): string => `
  const { Server } = await import('node:http')
  const { emit } = Server.prototype
  const begun = Date.now()
  const age = () => Date.now() - begun
  Server.prototype.emit = function (event, req, res) {
    if (event !== 'request' || !(${condition})) return emit.apply(this, arguments)
    console.error('this release is broken on purpose: ' + req.url)
    res.writeHead(${status}).end('broken')
    return true
  }`

/** For withFault: requests for which the condition holds wait so long; then `what` is done, and they are answered. */
export const slowing = (milliseconds: number, condition: string, what = ''): string => `
  const { Server } = await import('node:http')
  const { emit } = Server.prototype
  const kept = []
  Server.prototype.emit = function (event, req, res) {
    if (event !== 'request' || !(${condition})) return emit.apply(this, arguments)
    ${what}
    setTimeout(() => emit.call(this, event, req, res), ${milliseconds})
    return true
  }`

/** Releases of the instances that run, and which of them are healthy. */
export async function running(stack: ProductionStack, service = 'webapp'): Promise<string[]> {
  const ids = await stack.containers(service)
  const releases = ids.map(async (id) => {
    const told = await docker('inspect', '--format', '{{.State.Health.Status}} {{json .Config.Env}}', id)
    return `${/"RELEASE=([^"]*)"/.exec(told)?.[1]} ${told.split(' ')[0]}`
  })
  return (await Promise.all(releases)).sort()
}

/** What the names of the images mean. */
export async function imagesOf({ project }: ProductionStack): Promise<Record<string, string>> {
  const format = '{{.Repository}}:{{.Tag}} {{.ID}}'
  const lines = (await docker('image', 'ls', '--no-trunc', '--format', format)).split('\n')
  const ours = lines.filter(
    (line) => /^dogfood-(?:webapp|front|balancing):/.test(line) && line.includes(project),
  )
  return Object.fromEntries(ours.map((line) => line.replace(project, '…').split(' ')))
}

/** Removes what rollouts named, which the stack knows nothing of. */
export async function removeReleases({ project }: ProductionStack): Promise<void> {
  const images = (await docker('image', 'ls', '--format', '{{.Repository}}:{{.Tag}}')).split('\n')
  const ours = images.filter((image) => image.includes(`:${project}`))
  if (ours.length > 0) await docker('image', 'rm', '--force', ...ours)
}
