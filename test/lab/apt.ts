import { existsSync, writeFileSync } from 'node:fs'
import { run, succeeds } from './command.ts'
import { debianMirror } from './machine.ts'

// Debian 12 has no Compose 2: Docker alone comes from Debian 13, everything else from the machine's own release.
const DOCKER_RELEASE = 'trixie'
const DOCKER_PACKAGES = ['docker.io', 'docker-cli', 'docker-compose', 'docker-buildx', 'containerd']
const KEYRINGS = ['gpg', 'pgp'].map((ending) => `/usr/share/keyrings/debian-archive-keyring.${ending}`)
const MINUTES = 60_000

/** Packages of `names` that aren't installed whole. */
export async function missingPackages(names: readonly string[]): Promise<string[]> {
  const format = `\${Package} \${db:Status-Abbrev}\\n`
  // dpkg-query exits 1 when it doesn't know one of the names, and lists the others.
  const listed = await run('sh', ['-c', 'dpkg-query -W -f "$0" "$@" 2>/dev/null || true', format, ...names])
  const whole = new Set(listed.split('\n').map((line) => line.split(' ii')[0]))
  return names.filter((name) => !whole.has(name))
}

/**
 * Installs what is missing of `names`, after mending what an interrupted installation left half done.
 * `say` hears the names before anything is fetched.
 */
export async function installPackages(
  names: readonly string[],
  say: (missing: readonly string[]) => void = () => {},
): Promise<void> {
  if ((await missingPackages(names)).length === 0) return
  await mend()
  const missing = await missingPackages(names)
  if (missing.length === 0) return
  say(missing)
  if (missing.some((name) => DOCKER_PACKAGES.includes(name))) pinDockerRelease()
  await apt('update', '-q')
  await apt('install', '-y', '-q', '--no-install-recommends', ...missing)
}

async function mend(): Promise<void> {
  if ((await run('dpkg', ['--audit'])) === '') return
  await succeeds('env', ['DEBIAN_FRONTEND=noninteractive', 'dpkg', '--configure', '-a'], {
    timeout: 10 * MINUTES,
  })
  if ((await run('dpkg', ['--audit'])) === '') return
  await apt('update', '-q')
  await apt('install', '-y', '-q', '--fix-broken')
}

const apt = (...args: string[]): Promise<string> =>
  run('env', ['DEBIAN_FRONTEND=noninteractive', 'apt-get', '-o', 'DPkg::Lock::Timeout=600', ...args], {
    timeout: 15 * MINUTES,
  })

function pinDockerRelease(): void {
  const source = `deb [signed-by=${KEYRINGS.find((file) => existsSync(file))}] ${debianMirror()} ${DOCKER_RELEASE} main\n`
  const pin = (packages: string, priority: number) =>
    `Package: ${packages}\nPin: release n=${DOCKER_RELEASE}\nPin-Priority: ${priority}\n`
  writeFileSync('/etc/apt/sources.list.d/dogfood-lab.list', source)
  writeFileSync(
    '/etc/apt/preferences.d/dogfood-lab',
    `${pin('*', 50)}\n${pin(DOCKER_PACKAGES.join(' '), 990)}`,
  )
}
