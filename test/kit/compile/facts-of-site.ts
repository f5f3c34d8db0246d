import assert from 'node:assert/strict'
import { basename, join } from 'node:path'
import { compile } from '../../../kit/compile/compile.ts'
import { linkVariables } from '../../../kit/compile/link-variables.ts'
import type { Stack, StackService } from '../../../kit/compile/types.ts'
import type { Component } from '../../../kit/definition/model.ts'
import { readDefinitionFiles } from '../../../kit/definition/read-files.ts'

/** What both deployments of the site say of one component. */
export interface Facts {
  /** Its repository, without the registry. */
  readonly image: string
  readonly command: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Target and name. */
  readonly secrets: Readonly<Record<string, string>>
  readonly limits: { readonly cpus: number; readonly memory: number; readonly pids: number }
  readonly contained: readonly [readOnly: boolean, dropped: readonly string[], init: boolean]
  /** Folder and bytes. */
  readonly tmpfs: Readonly<Record<string, number>>
  readonly volumes: readonly string[]
  readonly health: unknown
  /** As Docker writes durations. */
  readonly drain: string | undefined
  readonly reachedBy: readonly string[]
}

const repository = (image: string): string => basename(image).replace(/[:@].*$/, '')

/** The site as swarm.json has it; its balancer is "balancer". */
export function inSwarm(directory: string, environment: string): ReadonlyMap<string, Facts> {
  const { app } = readDefinitionFiles({ directory, environment, loginName: 'ada' })
  assert.ok(app)
  const components = app.services.flatMap((service) => service.components)
  const { stack } = compile(app, { environment })
  return new Map(
    Object.values(stack.services).map((service) => {
      const name = nameOf(service)
      return [
        name,
        factsOf(
          stack,
          service,
          components.find((each) => each.name === name),
        ),
      ]
    }),
  )
}

const nameOf = ({ deploy: { labels } }: StackService): string =>
  labels['dogfood.kind'] === 'balancer' ? 'balancer' : (labels['dogfood.component']?.split('/')[1] ?? '')

function factsOf(stack: Stack, service: StackService, component: Component | undefined): Facts {
  const { entrypoint = [], command = [], volumes = [], secrets = [], deploy } = service
  const { cpus, memory, pids } = deploy.resources?.limits ?? {}
  const ofLinks = component ? new Map(linkVariables(component, () => undefined)) : new Map()
  return {
    image: repository(service.image),
    command: [...entrypoint, ...command],
    env: Object.fromEntries(Object.entries(service.environment ?? {}).filter(([name]) => !ofLinks.has(name))),
    secrets: Object.fromEntries(secrets.map(({ source, target }) => [target, source])),
    limits: { cpus: Number(cpus), memory: Number(memory), pids: pids ?? 0 },
    contained: [service.read_only ?? false, service.cap_drop ?? [], service.init],
    tmpfs: Object.fromEntries(
      volumes.flatMap((mount) => (mount.type === 'tmpfs' ? [[mount.target, mount.tmpfs?.size ?? 0]] : [])),
    ),
    volumes: volumes.flatMap((mount) => (mount.type === 'volume' ? [mount.target] : [])),
    health: service.healthcheck,
    drain: service.stop_grace_period,
    reachedBy: Object.values(stack.services)
      .filter((other) => other !== service && shareNetwork(other, service))
      .map(nameOf)
      .sort(),
  }
}

const shareNetwork = (one: StackService, other: StackService): boolean =>
  Object.keys(one.networks ?? {}).some((network) => other.networks?.[network])

interface ComposeService {
  readonly image: string
  readonly command: readonly string[] | null
  readonly entrypoint: readonly string[] | null
  readonly environment?: Readonly<Record<string, string>>
  readonly secrets?: readonly { readonly source: string; readonly target?: string }[]
  readonly cpus?: number
  readonly mem_limit?: string
  readonly pids_limit?: number
  readonly read_only?: boolean
  readonly cap_drop?: readonly string[]
  readonly init?: boolean
  readonly tmpfs?: readonly string[]
  readonly volumes?: readonly { readonly target: string }[]
  readonly healthcheck?: unknown
  readonly stop_grace_period?: string
  readonly networks?: Readonly<Record<string, unknown>> | null
  readonly profiles?: readonly string[]
}

interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>
}

/** The site as the Compose files have it, with the settings that it has in the swarm. */
export async function onOneServer(
  directory: string,
  swarm: ReadonlyMap<string, Facts>,
  compose: (...args: string[]) => Promise<string>,
): Promise<ReadonlyMap<string, Facts>> {
  const files = ['docker-compose.yml', 'docker-compose.prod.yml'].flatMap((file) => [
    '-f',
    join(directory, file),
  ])
  Object.assign(process.env, swarm.get('webapp')?.env)
  const text = await compose(
    ...files,
    '--env-file',
    '/dev/null',
    '--profile',
    '*',
    'config',
    '--format',
    'json',
  )
  const file = JSON.parse(text) as ComposeFile
  return new Map(Object.entries(file.services).map(([name, service]) => [name, composeFacts(file, service)]))
}

function composeFacts(file: ComposeFile, service: ComposeService): Facts {
  const { entrypoint, command, environment = {}, secrets = [], tmpfs = [], volumes = [] } = service
  return {
    image: repository(service.image),
    command: [...(entrypoint ?? []), ...(command ?? [])],
    // Compose hides what a service inherits by an empty variable.
    env: Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== '')),
    secrets: Object.fromEntries(
      secrets.map(({ source, target = source }) => [target.replace('/run/secrets/', ''), source]),
    ),
    limits: {
      cpus: service.cpus ?? 0,
      memory: Number(service.mem_limit ?? 0),
      pids: service.pids_limit ?? 0,
    },
    contained: [service.read_only ?? false, service.cap_drop ?? [], service.init ?? false],
    tmpfs: Object.fromEntries(tmpfs.map(folder)),
    volumes: volumes.map(({ target }) => target),
    health: service.healthcheck,
    drain: service.stop_grace_period,
    reachedBy: Object.entries(file.services)
      .filter(([, other]) => other !== service && !other.profiles && shareInternal(file, service, other))
      .map(([name]) => name)
      .sort(),
  }
}

/** `/tmp:size=16m,mode=1777`. */
function folder(text: string): [string, number] {
  const [, path = '', size = '0', unit = ''] = /^([^:]+)(?::(?:.*,)?size=(\d+)([km]?))?/.exec(text) ?? []
  return [path, Number(size) * ({ k: 1024, m: 1024 ** 2 }[unit] ?? 1)]
}

/** But for that of the stand-ins, which is empty without them. */
const shareInternal = (file: ComposeFile, one: ComposeService, other: ComposeService): boolean =>
  Object.keys(one.networks ?? {}).some(
    (name) =>
      name !== 'standins' && file.networks[name]?.internal && other.networks && name in other.networks,
  )
