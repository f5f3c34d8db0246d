import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const CERTIFICATES = '/usr/local/share/ca-certificates'
const SOURCES = ['/etc/apt/sources.list.d/debian.sources', '/etc/apt/sources.list']

/** Why this machine can't be given packages, or undefined when it can. */
export function notOurs(): string | undefined {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : ''
  if (!/^ID=debian$/m.test(release)) return 'this is not a Debian machine'
  if (process.getuid?.() !== 0) return 'this needs root'
  if (debianMirror() === undefined) return `no Debian mirror is named in ${SOURCES.join(' or ')}`
  return undefined
}

/** The address of the Debian mirror in one of apt's two formats. */
export function mirrorIn(sources: string): string | undefined {
  const deb822 = /^URIs:\s*(\S+)/m.exec(sources)
  const oneLine = /^deb\s+(?:\[[^\]]*\]\s+)?(\S+)/m.exec(sources)
  return (deb822 ?? oneLine)?.[1]
}

/** The mirror this machine itself installs Debian packages from. */
export function debianMirror(): string | undefined {
  const files = SOURCES.filter((file) => existsSync(file))
  return files.map((file) => mirrorIn(readFileSync(file, 'utf8'))).find((mirror) => mirror !== undefined)
}

/** Certificates the machine's owner added, such as the one of a proxy that inspects TLS. */
export function ownCertificates(folder = CERTIFICATES): string[] {
  if (!existsSync(folder)) return []
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return names.filter((name) => name.endsWith('.crt')).map((name) => join(folder, name))
}
