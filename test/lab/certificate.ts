import { join } from 'node:path'
import { run } from './command.ts'

/** Makes a certificate for localhost that signs itself; its key and itself, as files of the folder. */
export async function selfSigned(folder: string): Promise<{ key: string; certificate: string }> {
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
  const kind = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30'.split(' ')
  await run('openssl', [...kind, '-subj', '/CN=localhost', '-keyout', key, '-out', certificate])
  return { key, certificate }
}
