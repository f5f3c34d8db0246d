import assert from 'node:assert/strict'
import { Agent } from 'node:https'
import { after, before, test } from 'node:test'
import { type Container, docker } from '../lab/docker.ts'
import { ask } from '../nginx/ask.ts'
import { until } from '../until.ts'
import {
  makeVolumes,
  publish,
  startCertificates,
  startNginx,
  untilReady,
  untilSaid,
  type Volumes,
} from './tls-front.ts'
import { visit } from './visit.ts'

let volumes: Volumes
let removeVolumes: () => Promise<void>
let nginx: Container
let certificates: Container
before(async () => {
  ;({ volumes, remove: removeVolumes } = await makeVolumes())
})
after(async () => {
  await Promise.all([nginx, certificates].map((container) => container?.remove()))
  await removeVolumes()
})

const answers = async (): Promise<boolean> =>
  (await visit(nginx.port(8443), new Agent(), '/readyz')).status === 404 &&
  (await ask(nginx.port(8080), '/healthz')).status === 200

test('nginx that starts before everything else waits for it, and says so', async () => {
  nginx = await startNginx(volumes)
  await untilSaid(nginx, /waiting for the published files and a certificate/)
  certificates = await startCertificates(volumes)
  await untilReady(certificates)
  await publish(volumes)
  await until(answers, 'nginx', 90)
})

test('a static file goes 90 days after its release was replaced, not after it was published', async () => {
  const inside = (program: string) =>
    docker(
      'run',
      '--rm',
      '--user',
      '101',
      '--volume',
      `${volumes.front}:/front`,
      'nginx:1.30.6',
      'sh',
      '-c',
      program,
    )
  await inside(`cd /front/static && touch gone before && printf './before\\0' >> ../in-use &&
    find . -type f -exec touch -a -d '100 days ago' {} +`)
  await publish(volumes)
  const left = (await inside('cd /front/static && find . -type f')).split('\n')
  assert.deepEqual([left.includes('./gone'), left.includes('./before')], [false, true])
  assert.ok(left.some((file) => file.endsWith('.css')))
})

test('nginx starts again with what is there, whatever has become of the certificates service', async () => {
  await certificates.kill()
  await nginx.kill()
  await nginx.start()
  await until(answers, 'nginx', 90)
  await certificates.start()
  await untilReady(certificates)
})

test('a certificate is whole whenever the service that replaces it is killed', async () => {
  const look =
    'cd /srv/tls/current && [ "$(openssl x509 -in certificate.pem -noout -pubkey)" = "$(openssl pkey -in key.pem -pubout)" ]'
  for (let round = 0; round < 8; round += 1) {
    await docker('exec', certificates.name, 'certificates', 'renew')
    await certificates.kill()
    await certificates.start()
    // The kill comes in the middle of what the start does, somewhere else each time.
    await docker('exec', certificates.name, 'sleep', String(round * 0.04))
    await certificates.kill()
    await docker(
      'run',
      '--rm',
      '--volumes-from',
      certificates.name,
      '--user',
      '101',
      'nginx:1.30.6',
      'sh',
      '-c',
      look,
    )
    await certificates.start()
  }
  await until(answers, 'nginx', 90)
  await docker('restart', nginx.name)
  await until(answers, 'nginx', 90)
})

test('the front ends when nginx does, so that it is started again', async () => {
  // The command can end with its container, before it has told that it went well.
  await docker('exec', nginx.name, 'sh', '-c', 'kill -9 $(cat /tmp/nginx.pid)').catch(() => undefined)
  const state = () => docker('inspect', '--format', '{{.State.Status}} {{.State.ExitCode}}', nginx.name)
  await until(async () => (await state()) === 'exited 137', 'the end')
})
