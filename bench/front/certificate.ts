import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../../test/lab/command.ts'
import { benchDir } from '../content.ts'

/** A folder with a certificate that signs itself, of the kind that certificates/ makes. */
export async function tlsFolder(): Promise<string> {
  const folder = join(benchDir, 'tls')
  mkdirSync(folder, { recursive: true })
  const files = { key: join(folder, 'key.pem'), certificate: join(folder, 'certificate.pem') }
  if (existsSync(files.certificate)) return folder
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '3650']
  const subject = ['-subj', '/CN=localhost', '-keyout', files.key, '-out', files.certificate]
  await run('openssl', ['req', ...kind, ...subject])
  // nginx reads it as a user of its own.
  chmodSync(files.key, 0o644)
  return folder
}
