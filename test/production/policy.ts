/** What `docker inspect` tells of a container, as far as the policy asks. */
export interface Inspected {
  readonly Name: string
  readonly Config: {
    readonly User: string
    readonly Entrypoint: readonly string[] | null
    readonly Cmd: readonly string[] | null
    readonly Healthcheck?: { readonly Test: readonly string[] }
    readonly Labels: Readonly<Record<string, string>>
  }
  readonly HostConfig: {
    readonly ReadonlyRootfs: boolean
    readonly Privileged: boolean
    readonly CapAdd: readonly string[] | null
    readonly CapDrop: readonly string[] | null
    readonly SecurityOpt: readonly string[] | null
    readonly Memory: number
    readonly NanoCpus: number
    readonly PidsLimit: number | null
    readonly Init: boolean | null
    readonly LogConfig: { readonly Type: string; readonly Config: Readonly<Record<string, string>> }
    readonly RestartPolicy: { readonly Name: string }
    readonly NetworkMode: string
    readonly PidMode: string
    readonly IpcMode: string
    readonly UTSMode: string
    readonly UsernsMode: string
    readonly CgroupParent: string
    readonly Devices: readonly unknown[] | null
    readonly PortBindings: Readonly<Record<string, unknown>> | null
    readonly Tmpfs: Readonly<Record<string, string>> | null
  }
  readonly Mounts: readonly {
    readonly Type: string
    readonly Source: string
    readonly Destination: string
    readonly RW: boolean
    readonly Propagation: string
  }[]
  readonly State: { readonly Pid: number; readonly Health?: { readonly Status: string } }
}

export const serviceOf = ({ Config }: Inspected): string => Config.Labels['com.docker.compose.service'] ?? ''

// They end when their work is done: such a one has no health, and is started again only when it could not do it.
const oneShot = ['files', 'balancing']

type Rule = readonly [says: string, keeps: (container: Inspected) => boolean]

/** The rules of docker-bench-security's section 5 that are ours to keep, and our own. */
const rules: readonly Rule[] = [
  ['runs as a user of its own', ({ Config }) => !/^(?:|0|root)(?::|$)/.test(Config.User)],
  ['has a root that is read-only', ({ HostConfig }) => HostConfig.ReadonlyRootfs],
  ['has no capabilities', ({ HostConfig: { CapAdd, CapDrop } }) => !CapAdd?.length && `${CapDrop}` === 'ALL'],
  ['gains no privileges', ({ HostConfig }) => `${HostConfig.SecurityOpt}` === 'no-new-privileges:true'],
  ['is not privileged', ({ HostConfig }) => !HostConfig.Privileged],
  ['has a memory limit', ({ HostConfig }) => HostConfig.Memory > 0],
  ['has a processor limit', ({ HostConfig }) => HostConfig.NanoCpus > 0],
  ['has a limit of processes', ({ HostConfig }) => (HostConfig.PidsLimit ?? 0) > 0],
  ['has an init', ({ HostConfig }) => HostConfig.Init === true],
  ['rotates its log', ({ HostConfig: { LogConfig } }) => isRotated(LogConfig)],
  [
    'is started again',
    (container) => restartPolicy(container) === (isOneShot(container) ? 'on-failure' : 'unless-stopped'),
  ],
  ['has namespaces of its own', ({ HostConfig }) => hasOwnNamespaces(HostConfig)],
  ['is in the usual cgroup', ({ HostConfig }) => HostConfig.CgroupParent === ''],
  ['has no devices', ({ HostConfig }) => !HostConfig.Devices?.length],
  ['mounts volumes, and of the host only files to read', ({ Mounts }) => Mounts.every(isHarmless)],
  ['keeps what is in memory small', ({ HostConfig }) => Object.values(HostConfig.Tmpfs ?? {}).every(hasSize)],
  [
    'is asked for its health by a program that starts at once',
    (container) => isOneShot(container) || isCheap(container.Config.Healthcheck?.Test ?? []),
  ],
  [
    'starts without a shell',
    ({ Config }) => !hasShell([...(Config.Entrypoint ?? []), ...(Config.Cmd ?? [])]),
  ],
  ['publishes nothing', (container) => mayPublish(container) || isEmpty(container.HostConfig.PortBindings)],
]

/** What a container breaks of the policy, a sentence each. */
export const broken = (container: Inspected): string[] =>
  rules.filter(([, keeps]) => !keeps(container)).map(([says]) => `${container.Name} should: ${says}`)

export const isOneShot = (container: Inspected): boolean => oneShot.includes(serviceOf(container))
const restartPolicy = ({ HostConfig }: Inspected): string => HostConfig.RestartPolicy.Name
const isRotated = ({ Type, Config }: Inspected['HostConfig']['LogConfig']): boolean =>
  Type === 'json-file' && Config['max-size'] !== undefined && Number(Config['max-file']) > 1

const hasOwnNamespaces = (host: Inspected['HostConfig']): boolean =>
  !/^(?:host|bridge|default|container:)/.test(host.NetworkMode) &&
  [host.PidMode, host.UTSMode, host.UsernsMode].every((mode) => mode === '') &&
  host.IpcMode === 'private'

const isHarmless = ({ Type, Source, RW, Propagation, Destination }: Inspected['Mounts'][number]): boolean =>
  !Source.endsWith('docker.sock') &&
  !Propagation.includes('shared') &&
  (Type === 'volume' || Type === 'tmpfs' || (!RW && /^\/run\/secrets\/|^\/etc\//.test(Destination)))

const hasSize = (options: string): boolean => /(?:^|,)size=\d+[km]/.test(options)
const isCheap = ([kind, command]: readonly string[]): boolean => kind === 'CMD' && command !== 'node'
const hasShell = ([command = '', option]: readonly string[]): boolean =>
  /(?:ba|a|da)?sh$/.test(command) && option === '-c'
const mayPublish = (container: Inspected): boolean =>
  ['nginx', 'standins', 'prometheus'].includes(serviceOf(container))
const isEmpty = (bindings: object | null): boolean => Object.keys(bindings ?? {}).length === 0
