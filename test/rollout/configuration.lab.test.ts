import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { run } from '../lab/command.ts'
import { docker } from '../lab/docker.ts'
import { type ProductionStack, productionUp } from '../production/stack.ts'
import { startLoad } from './load.ts'
import { imagesOf, removeReleases, rollout } from './rolling.ts'
import { visits } from './visits.ts'

let stack: ProductionStack
before(async () => {
  stack = await productionUp()
})
after(async () => {
  if (!stack) return
  await stack.down()
  await removeReleases(stack)
})

let made = 0

/** Makes an image of a configuration, changed by a line of shell. */
async function changed(kind: 'front' | 'balancing', user: string, change: string): Promise<string> {
  const image = `dogfood-${kind}-${++made}:${stack.project}`
  const input = `FROM dogfood-${kind}:${stack.project}\nUSER root\nRUN ${change}\nUSER ${user}\n`
  await run('docker', ['build', '--quiet', '--tag', image, '-'], { input })
  return image
}

/** A rollout of the webapp that runs, with other configuration, under load. */
async function configured(...args: string[]): Promise<{ exit: number | null; output: string }> {
  const parts = await Promise.all([stack.containers('nginx'), stack.containers('balancer')])
  const load = startLoad(stack.url, visits('', 50), 50)
  const ended = await rollout(stack, '--image', `dogfood-webapp:${stack.project}`, ...args)
  const seen = await load.stop()
  assert.deepEqual(seen.failed.slice(0, 10), [], ended.output)
  assert.ok(seen.requests > 20, `only ${seen.requests} requests`)
  assert.deepEqual(await Promise.all([stack.containers('nginx'), stack.containers('balancer')]), parts)
  return ended
}

const healthz = () => run('curl', ['--silent', `${stack.insecureUrl}/healthz`])
const asked =
  'exec 3<>/dev/tcp/127.0.0.1/8000; printf "GET / HTTP/1.0\\r\\nHost: a\\r\\n\\r\\n" >&3; head -c 2000 <&3'
const insideBalancer = async () => {
  const [balancer = ''] = await stack.containers('balancer')
  return docker('exec', balancer, 'bash', '-c', asked)
}

const nginxAnswers = (text: string) => `sed -i 's/200 "ok/200 "${text}/' /etc/nginx/conf/insecure.conf`

test('nginx takes a new configuration without a dropped connection', async () => {
  const front = await changed('front', '101:101', nginxAnswers('anew'))
  const { exit, output } = await configured('--files', front)
  assert.equal(exit, 0, output)
  assert.match(output, /nginx has taken its new configuration/)
  assert.match(output, /HAProxy has its configuration/)
  assert.equal(await healthz(), 'anew')
})

test('--back brings the configuration before back too', async () => {
  const { exit, output } = await rollout(stack, '--back')
  assert.equal(exit, 0, output)
  assert.equal(await healthz(), 'ok')
})

test('HAProxy takes a new configuration without a dropped connection', async () => {
  const balancing = await changed(
    'balancing',
    '99:99',
    `sed -i 's/instances;desc/instances-anew;desc/' /srv/balancer/current/haproxy.cfg`,
  )
  const { exit, output } = await configured('--balancing', balancing)
  assert.equal(exit, 0, output)
  assert.match(output, /HAProxy has taken its new configuration/)
  assert.match(await insideBalancer(), /instances-anew/)
})

const refused = [
  {
    what: 'a configuration of nginx with a mistake',
    part: 'files',
    make: () => changed('front', '101:101', `echo 'nonsense on;' >> /etc/nginx/conf/limits.conf`),
    reason: /new nginx configuration is refused:[\s\S]*unknown directive "nonsense"/,
  },
  {
    what: 'a configuration that passes `nginx -t` and that the running nginx does not take',
    part: 'files',
    make: () =>
      changed(
        'front',
        '101:101',
        `sed -i 's/limit_req_zone \\$writer/limit_req_zone $beginner/' /etc/nginx/conf/limits.conf`,
      ),
    reason: /nginx did not take its new configuration[\s\S]*\[emerg\]/,
  },
  {
    what: 'a configuration of HAProxy with a mistake',
    part: 'balancing',
    make: () => changed('balancing', '99:99', 'echo nonsense >> /srv/balancer/current/haproxy.cfg'),
    reason: /new configuration of HAProxy is refused:[\s\S]*nonsense/,
  },
]

for (const { what, part, make, reason } of refused) {
  test(`${what} is refused, and everything stays as it is`, async () => {
    const image = await make()
    const images = await imagesOf(stack)
    const { exit, output } = await configured(`--${part}`, image)
    assert.equal(exit, 1, output)
    assert.match(output, reason)
    assert.equal(await healthz(), 'ok')
    assert.match(await insideBalancer(), /instances-anew/)
    assert.deepEqual(await imagesOf(stack), images)
    const [nginx = ''] = await stack.containers('nginx')
    await docker('exec', nginx, 'nginx', '-t', '-q', '-e', 'stderr', '-c', '/srv/front/nginx/production.conf')
  })
}
