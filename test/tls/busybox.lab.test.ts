import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { docker, MARK } from '../lab/docker.ts'
import { toolsImage } from '../lab/tools.ts'

const scripts = join(import.meta.dirname, '../../certificates')

// certbot's official image is Alpine, whose shell and tools are busybox; there is no certbot in this one.
test('the scripts do the same with the shell and the tools of busybox', { timeout: 300_000 }, async () => {
  const folders = ['/tmp', '/srv/tls', '/applets'].flatMap((folder) => ['--tmpfs', `${folder}:uid=101,exec`])
  const place = ['--user', '101', '--read-only', ...folders, '--volume', `${scripts}:/opt/certificates:ro`]
  const run = (seconds: number, ...settings: string[]) =>
    `(env TICK_SECONDS=1 ${settings.join(' ')} timeout ${seconds} sh /opt/certificates/certificates.sh; true)`
  const command = [
    'busybox --install -s /applets',
    'PATH=/applets:/usr/bin',
    run(12),
    'sh /opt/certificates/certificates.sh renew',
    run(12),
    run(25, 'DOMAINS=a.test,b.test', 'ACME_DIRECTORY=https://acme.test/', 'RETRY_SECONDS=1'),
    'openssl x509 -in /srv/tls/certificate.pem -noout -text',
    'find /srv/tls -name "pair.*" | wc -l',
  ].join('; ')
  const marked = ['--rm', '--init', '--label', `${MARK}=${process.pid}`]
  const said = await docker('run', ...marked, ...place, await toolsImage(), 'sh', '-c', command)
  assert.equal(said.match(/The certificate in use is from itself, for localhost/g)?.length, 2)
  assert.match(said, /No certificate for a\.test b\.test: .*The next attempt is in 1 s/)
  assert.match(said, /The next attempt is in 2 s/)
  assert.match(said, /DNS:localhost/)
  assert.match(said, /\n2$/)
})
