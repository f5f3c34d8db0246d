import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { run } from './command.ts'
import { debianMirror, ownCertificates } from './machine.ts'

const SUITE = 'forky'
const FOLDER = '/var/cache/dogfood-lab/base'
const MINUTES = 60_000

/** Makes the Debian image under the stand-ins from packages alone, and labels it as whole. */
export async function makeBase(tag: string, label: string, folder = FOLDER): Promise<void> {
  await removeRoot(folder)
  mkdirSync(folder, { recursive: true })
  const script = '/usr/share/debootstrap/scripts/sid'
  const args = ['--variant=minbase', '--include=ca-certificates', SUITE, folder, debianMirror() ?? '', script]
  await run('debootstrap', args, { timeout: 15 * MINUTES })
  await trustOwnCertificates(folder)
  // A mirror that stands still is past the date in its index, and still the mirror we have.
  writeFileSync(join(folder, 'etc/apt/apt.conf.d/99dogfood-lab'), 'Acquire::Check-Valid-Until "false";\n')
  for (const bulk of ['var/cache/apt/archives', 'var/lib/apt/lists', 'usr/share/doc', 'usr/share/locale']) {
    rmSync(join(folder, bulk), { recursive: true, force: true })
  }
  const archive = `${folder}.tar`
  await run('tar', ['-C', folder, '-cf', archive, '.'])
  await run('docker', ['import', '--change', `LABEL ${label}`, '--change', 'CMD ["bash"]', archive, tag])
  rmSync(archive)
  await removeRoot(folder)
}

/** Removes a root folder, half made or whole. */
export async function removeRoot(folder: string): Promise<void> {
  // A debootstrap that was cut off leaves the machine's own /proc and /sys mounted in there.
  for (const point of mountsUnder(folder).reverse()) await run('umount', ['--lazy', point])
  rmSync(folder, { recursive: true, force: true })
}

function mountsUnder(folder: string): string[] {
  const points = readFileSync('/proc/mounts', 'utf8').split('\n')
  return points.map((line) => line.split(' ')[1] ?? '').filter((point) => point.startsWith(`${folder}/`))
}

async function trustOwnCertificates(folder: string): Promise<void> {
  const certificates = ownCertificates()
  if (certificates.length === 0) return
  const target = join(folder, 'usr/local/share/ca-certificates')
  if (!existsSync(target)) mkdirSync(target, { recursive: true })
  for (const file of certificates) copyFileSync(file, join(target, basename(file)))
  await run('chroot', [folder, 'update-ca-certificates'])
}
