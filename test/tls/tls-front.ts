import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { type Container, docker, MARK, startContainer } from '../lab/docker.ts'
import { until } from '../until.ts'

const repository = fileURLToPath(new URL('../../', import.meta.url))
const upstreamScript = fileURLToPath(new URL('../nginx/upstream.ts', import.meta.url))
const filesImage = 'dogfood-nginx:test'
const frontImage = 'dogfood-nginx-alone:test'
const certificatesImage = 'dogfood-certificates:test'
const marked = ['--label', `${MARK}=${process.pid}`]
const contained = ['--read-only', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges', '--init']
const temporary = ['--tmpfs', '/tmp:uid=101,gid=101']

/** nginx with TLS and the service that keeps its certificate, as docker-compose.prod.yml runs them, without the site. */
export interface TlsFront {
  readonly network: string
  readonly certificates: Container
  readonly nginx: Container
  /** Starts one more container that is `webapp` for nginx. */
  startUpstream(): Promise<Container>
  stop(): Promise<void>
}

export interface TlsOptions {
  /** Environment of the certificates service. */
  readonly settings?: Readonly<Record<string, string>>
  /** More options of its container: volumes, hosts. */
  readonly certificates?: readonly string[]
  /** More options of nginx: environment, network aliases. */
  readonly nginx?: readonly string[]
  /** Changes a file of the published configuration: path below nginx/, sed script. */
  readonly edit?: readonly [string, string]
  /** A network that exists already and outlives this. */
  readonly network?: string
}

/** Makes a network that the lab removes at the latest when this process is gone. */
export async function makeNetwork(): Promise<string> {
  const network = `${MARK}-${randomUUID()}`
  await docker('network', 'create', ...marked, network)
  return network
}

export async function startTlsFront(options: TlsOptions = {}): Promise<TlsFront> {
  const { volumes, remove } = await makeVolumes()
  const network = options.network ?? (await makeNetwork())
  const certificates = await startCertificates(volumes, [
    ...['--network', network, ...environment({ TICK_SECONDS: '1', ...options.settings })],
    ...(options.certificates ?? []),
  ])
  await untilReady(certificates)
  await publish(volumes, options.edit)
  const nginx = await startNginx(volumes, ['--network', network, ...(options.nginx ?? [])])
  const upstreams: Container[] = []
  return {
    network,
    certificates,
    nginx,
    async startUpstream() {
      const place = ['--network', network, '--network-alias', 'webapp']
      const command = ['node', '/upstream.ts']
      const mount = ['--volume', `${upstreamScript}:/upstream.ts:ro`]
      const upstream = await startContainer({
        image: 'node:26.10.0-slim',
        args: command,
        options: [...place, ...mount],
      })
      upstreams.push(upstream)
      return upstream
    },
    async stop() {
      await Promise.all([nginx, certificates, ...upstreams].map((container) => container.remove()))
      await remove()
      if (options.network === undefined) await docker('network', 'rm', network)
    },
  }
}

/** The volumes that the two share. */
export interface Volumes {
  readonly tls: string
  readonly acme: string
  readonly front: string
}

export async function makeVolumes(): Promise<{ volumes: Volumes; remove: () => Promise<void> }> {
  await buildImages()
  const names = ['tls', 'acme', 'front'].map((part) => `${MARK}-${randomUUID()}-${part}`)
  for (const name of names) await docker('volume', 'create', ...marked, name)
  const [tls = '', acme = '', front = ''] = names
  return {
    volumes: { tls, acme, front },
    remove: async () => void (await docker('volume', 'rm', '--force', tls, acme, front)),
  }
}

/** Starts the service that keeps the certificate, as it runs in production. */
export const startCertificates = (
  { tls, acme }: Volumes,
  options: readonly string[] = [],
): Promise<Container> =>
  startContainer({
    image: certificatesImage,
    options: [
      ...[...contained, ...temporary, '--volume', `${tls}:/srv/tls`, '--volume', `${acme}:/srv/acme`],
      ...options,
    ],
  })

/** Starts nginx with the published configuration, as it runs in production. */
export async function startNginx(
  { tls, acme, front }: Volumes,
  options: readonly string[] = [],
): Promise<Container> {
  const mounts = [`${tls}:/srv/tls:ro`, `${acme}:/srv/acme:ro`, `${front}:/srv/front:ro`]
  return startContainer({
    image: frontImage,
    args: ['front'],
    ports: [8080, 8443],
    options: [...contained, ...temporary, ...mounts.flatMap((mount) => ['--volume', mount]), ...options],
  })
}

/** Fills the volume that nginx reads, as the service `files` does in production. */
export async function publish({ tls, front }: Volumes, edit?: readonly [string, string]): Promise<void> {
  const mounts = ['--volume', `${tls}:/srv/tls:ro`, '--volume', `${front}:/published`]
  const inside = ['run', '--rm', ...marked, ...temporary, ...mounts, filesImage]
  await docker(...inside, 'publish')
  if (edit) await docker(...inside, 'sed', '-i', edit[1], `/published/nginx/${edit[0]}`)
}

/** What a container has said, as lines of text. */
export const linesOf = async (container: Container): Promise<string[]> =>
  (await docker('logs', container.name)).split('\n')

export const untilSaid = (container: Container, what: RegExp, seconds = 60): Promise<void> =>
  until(async () => (await linesOf(container)).some((line) => what.test(line)), String(what), seconds)

export const untilReady = (certificates: Container): Promise<void> =>
  until(
    async () => (await docker('exec', certificates.name, 'ls', '/tmp')).includes('ready'),
    'a certificate',
    90,
  )

const environment = (settings: Readonly<Record<string, string>>): string[] =>
  Object.entries(settings).flatMap(([name, value]) => ['--env', `${name}=${value}`])

async function buildImages(): Promise<void> {
  const build = (tag: string, part: string, ...options: string[]) =>
    docker(
      'build',
      '--quiet',
      '--tag',
      tag,
      '--file',
      `${repository}${part}/Dockerfile`,
      ...options,
      repository,
    )
  await build(filesImage, 'nginx')
  await build(frontImage, 'nginx', '--target', 'front')
  await build(certificatesImage, 'certificates')
}
