import assert from 'node:assert/strict'
import { Agent } from 'node:https'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { type Container, docker, startContainer } from '../lab/docker.ts'
import { toolsImage } from '../lab/tools.ts'
import { until } from '../until.ts'
import { startTlsFront, type TlsFront, untilSaid } from './tls-front.ts'
import { visit } from './visit.ts'

// Short, so that a key of session tickets is replaced while the test looks.
const SECONDS = 8
let front: TlsFront
let tools: Container
before(async () => {
  front = await startTlsFront({
    edit: ['conf/tls.conf', `s/^ssl_session_timeout .*/ssl_session_timeout ${SECONDS}s;/`],
    nginx: ['--network-alias', 'front'],
  })
  await front.startUpstream()
  tools = await startContainer({ image: await toolsImage(), options: ['--network', front.network] })
  await until(async () => (await visit(front.nginx.port(8443), new Agent())).status === 200, 'the site', 90)
})
after(async () => {
  await tools?.remove()
  await front?.stop()
})

const reload = (): Promise<string> => docker('kill', '--signal', 'HUP', front.nginx.name)

/** Connects with openssl; resumes the session in `file`, or begins one and writes it there. */
async function session(
  protocol: string,
  file: string,
  resume: boolean,
): Promise<{ resumed: boolean; key: string }> {
  const command = `(printf 'HEAD /healthz HTTP/1.0\\r\\n\\r\\n'; sleep 0.3) | openssl s_client -connect front:8443 ${protocol} ${resume ? `-sess_in ${file}` : `-sess_out ${file}`} -ign_eof 2>/dev/null; openssl sess_id -in ${file} -noout -text`
  const said = await docker('exec', tools.name, 'sh', '-c', command)
  // A ticket begins with the name of the key that opens it.
  const [, key = ''] = /TLS session ticket:\s+0000 - ((?:[0-9a-f]{2}[ -]){16})/.exec(said) ?? []
  return { resumed: /^Reused, /m.test(said), key }
}

for (const protocol of ['-tls1_2', '-tls1_3']) {
  test(`a session is resumed, after a reload too (${protocol})`, async () => {
    assert.equal((await session(protocol, '/tmp/s', false)).resumed, false)
    assert.equal((await session(protocol, '/tmp/s', true)).resumed, true)
    await session(protocol, '/tmp/s', false)
    await reload()
    await wait(1500)
    assert.equal((await session(protocol, '/tmp/s', true)).resumed, true)
  })

  test(`the key of session tickets is replaced, and the one before it still opens its own (${protocol})`, async () => {
    let last = await session(protocol, '/tmp/0', false)
    for (let at = 1; at < 60; at += 1) {
      const next = await session(protocol, `/tmp/${at % 2}`, false)
      assert.notEqual(next.key, '')
      if (next.key !== last.key) {
        assert.equal((await session(protocol, `/tmp/${(at + 1) % 2}`, true)).resumed, true)
        return
      }
      last = next
      await wait(300)
    }
    assert.fail(`the key was the same for longer than ${SECONDS} s`)
  })

  test(`a ticket of a key that is gone is of no use (${protocol})`, async () => {
    const { key } = await session(protocol, '/tmp/old', false)
    await wait(2 * SECONDS * 1000 + 2000)
    const again = await session(protocol, '/tmp/old', true)
    assert.equal(again.resumed, false)
    assert.notEqual((await session(protocol, '/tmp/new', false)).key, key)
  })
}

test('a connection that is idle when nginx reloads answers its next request, and ends then', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const ask = () => visit(front.nginx.port(8443), agent)
  assert.equal((await ask()).reused, false)
  assert.equal((await ask()).reused, true)
  await reload()
  await wait(2000)
  const { status, reused, headers } = await ask()
  assert.deepEqual([status, reused, headers.connection], [200, true, 'close'])
  assert.equal((await ask()).reused, false)
  agent.destroy()
})

test('a certificate that nginx refuses is told, and the one before stays in use', async () => {
  await docker('pause', front.certificates.name)
  const damage = 'echo damaged > /srv/tls/current/certificate.pem'
  await docker(
    'run',
    '--rm',
    '--volumes-from',
    front.certificates.name,
    '--user',
    '101',
    'nginx:1.30.6',
    'sh',
    '-c',
    damage,
  )
  await untilSaid(front.nginx, /"error","msg":"The new certificate is refused by nginx/)
  assert.equal((await visit(front.nginx.port(8443), new Agent())).status, 200)
  await docker('unpause', front.certificates.name)
  await untilSaid(front.nginx, /reading a new certificate/)
  assert.equal((await visit(front.nginx.port(8443), new Agent())).status, 200)
})

test('nginx told to stop ends well, and its container with it', async () => {
  await docker('stop', '--time', '30', front.nginx.name)
  assert.equal(await docker('inspect', '--format', '{{.State.ExitCode}}', front.nginx.name), '0')
})
