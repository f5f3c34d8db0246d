import { chmod, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { docker } from '../lab/docker.ts'

const listener = `
listen 80;
listen 443 ssl;
http2 on;
ssl_certificate tls.d/certificate.pem;
ssl_certificate_key tls.d/key.pem;
if ($server_port = 80) {
  return 308 https://$host$request_uri;
}
`

/** Writes a folder for /etc/nginx/tls.d: a TLS listener and a certificate for `host` that signs itself. */
export async function makeTlsFolder(host: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dogfood-tls-'))
  await chmod(folder, 0o755)
  await writeFile(join(folder, 'listener.conf'), listener, { mode: 0o644 })
  const subject = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`]
  const files = ['-keyout', '/tls/key.pem', '-out', '/tls/certificate.pem']
  const request = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-days',
    '2',
  ]
  const mount = ['--volume', `${folder}:/tls`, '--entrypoint', 'openssl']
  await docker('run', '--rm', '--user', 'root', ...mount, 'nginx:1.30', ...request, ...subject, ...files)
  await chmod(join(folder, 'key.pem'), 0o644)
  return folder
}
