import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { docker } from '../lab/docker.ts'
import { toolsImage } from '../lab/tools.ts'

export interface Issue {
  /** Its first name is the subject. */
  readonly hosts: readonly string[]
  readonly days?: number
  /** Lines of `openssl req -addext`, such as the address of an OCSP responder. */
  readonly extensions?: readonly string[]
  /** As `openssl req -newkey` takes it; an elliptic curve by default. */
  readonly key?: readonly string[]
  /** Dates as openssl takes them, in place of `days`. */
  readonly between?: readonly [string, string]
}

/** A certificate authority of the test's own. */
export interface Authority {
  /** Holds ca.pem, ca.key and a folder for each pair. */
  readonly folder: string
  /** Writes certificate.pem and key.pem into a folder of that name below `folder`, and says where that is. */
  issue(name: string, wanted: Issue): Promise<string>
  remove(): Promise<void>
}

const curve = ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256']

export async function makeAuthority(): Promise<Authority> {
  const folder = await mkdtemp(join(tmpdir(), 'dogfood-authority-'))
  await chmod(folder, 0o755)
  const openssl = async (...args: string[]) =>
    docker('run', '--rm', '--volume', `${folder}:/ca`, await toolsImage(), 'openssl', ...args)
  const request = ['req', '-x509', '-noenc']
  const names = ['-subj', '/O=Dogfood tests/CN=Root of the tests', '-days', '30']
  const usage = ['-addext', 'keyUsage=critical,keyCertSign,cRLSign']
  await openssl(
    ...request,
    '-newkey',
    ...curve,
    ...names,
    ...usage,
    '-keyout',
    '/ca/ca.key',
    '-out',
    '/ca/ca.pem',
  )
  return {
    folder,
    async issue(name, { hosts, days = 60, extensions = [], key = curve, between }) {
      await mkdir(join(folder, name), { recursive: true })
      const added = [
        `subjectAltName=${hosts.map((host) => `DNS:${host}`).join(',')}`,
        'basicConstraints=critical,CA:FALSE',
        'keyUsage=critical,digitalSignature',
        'extendedKeyUsage=serverAuth',
        ...extensions,
      ].flatMap((extension) => ['-addext', extension])
      const life = between ? ['-not_before', between[0], '-not_after', between[1]] : ['-days', String(days)]
      const by = ['-CA', '/ca/ca.pem', '-CAkey', '/ca/ca.key', '-subj', `/CN=${hosts[0]}`]
      const files = ['-keyout', `/ca/${name}/key.pem`, '-out', `/ca/${name}/certificate.pem`]
      await openssl(...request, '-newkey', ...key, ...by, ...life, ...added, ...files)
      await chmod(join(folder, name, 'key.pem'), 0o644)
      return join(folder, name)
    },
    remove: () => rm(folder, { recursive: true }),
  }
}
