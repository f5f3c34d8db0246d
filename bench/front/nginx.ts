import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { until } from '../../test/until.ts'
import { benchDir } from '../content.ts'
import { tlsFolder } from './certificate.ts'
import { projectImage } from './images.ts'
import { overlaid, type Replacement } from './overlay.ts'
import { logNowhere, type Part, type Place } from './place.ts'

const nginxFolder = join(import.meta.dirname, '../../nginx')

export interface NginxOptions {
  /** A configuration of the project, or a file of one's own. */
  readonly configuration?: 'nginx.conf' | 'production.conf' | 'swarm.conf' | { readonly file: string }
  /** What the balancer of a node says of a canary, for swarm.conf. */
  readonly word?: string
  /** What is said otherwise, by file of nginx/conf. */
  readonly overlay?: Readonly<Record<string, readonly Replacement[]>>
  /** Folders of this machine, and where nginx has them. */
  readonly folders?: Readonly<Record<string, string>>
}

/** Starts the project's nginx with its access log on, as the project configures it unless something else is said. */
export async function startNginx(place: Place, options: NginxOptions = {}): Promise<Part> {
  const { configuration = 'nginx.conf', overlay = {}, folders = {}, word } = options
  const file = typeof configuration === 'string' ? configuration : basename(configuration.file)
  const own = typeof configuration === 'string' ? {} : { [configuration.file]: `/etc/nginx/${file}` }
  const mounted = { ...own, ...folders, ...overlays(overlay), [await tlsFolder()]: '/srv/tls' }
  const part = await place.start('nginx', {
    image: await projectImage('nginx'),
    options: [
      ...['--no-healthcheck', '--tmpfs', '/tmp:size=256m,uid=101,gid=101'],
      ...Object.entries(mounted).flatMap(([from, to]) => ['--volume', `${from}:${to}:ro`]),
    ],
    args:
      file === 'swarm.conf' ? onNode(word) : logNowhere('nginx', '-e', 'stderr', '-c', `/etc/nginx/${file}`),
  })
  await until(() => listens(part.address), 'nginx', 30)
  return part
}

/** As serve.sh and front.sh, but the balancer is found as elsewhere, and is not asked for the word. */
const onNode = (word = 'none'): string[] => {
  const at = '/etc/nginx/swarm.conf'
  const take = `cp /etc/nginx/conf/webapp.conf /tmp/ && take-split "$1" ${at}`
  return logNowhere('bash', '-c', `${take} && exec nginx -e stderr -c ${at}`, 'bash', word)
}

/** Writes the changed files; where they are, and where nginx looks for them. */
function overlays(overlay: NonNullable<NginxOptions['overlay']>): Record<string, string> {
  const folder = join(benchDir, 'nginx', crypto.randomUUID())
  mkdirSync(folder, { recursive: true })
  const changed = Object.entries(overlay).map(([name, replacements]) => {
    const usual = readFileSync(join(nginxFolder, 'conf', name), 'utf8')
    writeFileSync(join(folder, name), overlaid(usual, replacements))
    return [join(folder, name), `/etc/nginx/conf/${name}`] as const
  })
  return Object.fromEntries(changed)
}

const listens = (address: string): Promise<boolean> =>
  fetch(`http://${address}:8080/healthz`, { redirect: 'manual' }).then(
    () => true,
    () => false,
  )
