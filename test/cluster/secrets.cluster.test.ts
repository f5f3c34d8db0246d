import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Cluster, clusterUp } from '../lab/cluster/cluster.ts'
import { dockerOn } from '../lab/cluster/swarm.ts'
import { until } from '../until.ts'
import { pushSmall, type SmallApp, smallApp } from './small-app.ts'

const show = { entrypoint: ['sh', '-c'], args: ['cat /run/secrets/token; echo; sleep 100000'] }
const quick = { update: { monitor: '1s' }, drain: '1s' }

let cluster: Cluster
let app: SmallApp

before(async () => {
  cluster = await clusterUp()
  await pushSmall(['1'])
  app = smallApp(cluster, 'secrets', [
    {
      component_name: 'has',
      image: '$registry/small:$tag',
      secrets: ['token', 'password'],
      ...show,
      ...quick,
    },
    { component_name: 'other', image: '$registry/small:$tag', ...quick },
    {
      component_name: 'job',
      image: '$registry/small:$tag',
      schedule: 'manual',
      secrets: ['token'],
      entrypoint: ['sh', '-c'],
      args: ['cat /run/secrets/token; exit 7'],
    },
    {
      component_name: 'minutely',
      image: '$registry/small:$tag',
      schedule: '* * * * *',
      entrypoint: ['sh', '-c'],
      args: ['echo on time; exit 3'],
    },
  ])
})
after(() => app.swarm(['delete', '--yes', '--force']))

async function good(args: readonly string[], input = ''): Promise<string> {
  const { exit, output } = await app.swarm(args, { input })
  assert.equal(exit, 0, output)
  return output
}
const namesOf = async (kind: 'secret' | 'config', label: string) =>
  (await dockerOn(cluster.nodes[0], kind, 'ls', '--filter', `label=${label}`, '--format', '{{.Name}}')).split(
    '\n',
  )
const tokens = () => namesOf('secret', 'dogfood.secret=token')
const tasks = (component: string) =>
  dockerOn(
    cluster.nodes[0],
    'service',
    'ps',
    '--quiet',
    '--filter',
    'desired-state=running',
    `${app.stack}_a-${component}`,
  )

test('a deploy names all secrets that are not set, each with the command, and changes nothing', async () => {
  const { exit, output } = await app.swarm(['up'])
  assert.equal(exit, 1)
  for (const name of ['token', 'password'])
    assert.ok(output.includes(`swarm --env lab/small secrets set ${name} < FILE`), output)
  assert.equal(
    await dockerOn(cluster.nodes[0], 'stack', 'ls', '--format', '{{.Name}}').then((all) =>
      all.includes(app.stack),
    ),
    false,
  )
})

test('a secret is set once for one content, and its name tells nothing of it', async () => {
  await good(['secrets', 'set', 'password'], 'geheim')
  await good(['secrets', 'set', 'token'], 'first')
  assert.match(await good(['secrets', 'set', 'token'], 'first'), /had that content already/)
  const [name, ...others] = await tokens()
  assert.match(name ?? '', /^secrets-small_token-[0-9a-f]{12}$/)
  assert.deepEqual(others, [])
})

test('a component has the newest content, after the deploy that follows, and only that component is restarted', async () => {
  await good(['up'])
  assert.match(await good(['secrets', 'list']), /token +in use/)
  const [has, other] = [await tasks('has'), await tasks('other')]
  await good(['secrets', 'set', 'token'], 'second')
  assert.match(await good(['secrets', 'list']), /token +waiting/)
  assert.equal(await tasks('has'), has)
  await good(['up'])
  assert.notEqual(await tasks('has'), has)
  assert.equal(await tasks('other'), other)
  const log = () => dockerOn(cluster.nodes[0], 'service', 'logs', '--raw', `${app.stack}_a-has`)
  await until(async () => /second/.test(await log()), 'the new content', 20)
})

test('a return brings back the content of then, and the content that comes back once more is a secret of its own', async () => {
  await good(['rollback'])
  const running = await dockerOn(
    cluster.nodes[0],
    ...[
      'service',
      'inspect',
      '--format',
      '{{range .Spec.TaskTemplate.ContainerSpec.Secrets}}{{.SecretName}} {{end}}',
    ],
    `${app.stack}_a-has`,
  )
  const all = await tokens()
  assert.equal(all.length, 2)
  assert.ok(all.some((name) => running.includes(name)))
  await good(['secrets', 'set', 'token'], 'first')
  assert.equal((await tokens()).length, 3)
})

test('a job has its secrets, shows what it writes, and hands on its exit code', async () => {
  const { exit, output } = await app.swarm(['run', 'job'])
  assert.equal(exit, 7, output)
  assert.match(output, /first|second/)
  const other = await app.swarm(['run', 'job', '--', 'echo from $HOSTNAME; exit 0'])
  assert.equal(other.exit, 0, other.output)
  assert.match(other.output, /^from \w+$/m)
  const left = await dockerOn(cluster.nodes[0], 'service', 'ls', '--format', '{{.Name}}')
  assert.doesNotMatch(left, /-run-/)
})

test('what is due runs, what is not does not, and each exit code is told', async () => {
  const { exit, output } = await app.swarm(['run', '--due', '--json'])
  assert.equal(exit, 3, output)
  assert.match(output, /^on time$/m)
  assert.match(output, /"ended": \{\s+"a\/minutely": 3\s+\}/)
})

test('a secret in use is not removed, and one that nobody uses is', async () => {
  const refused = await app.swarm(['secrets', 'rm', 'token', '--yes'])
  assert.equal(refused.exit, 1)
  assert.match(refused.output, /token is used by a\/has/)
  await good(['secrets', 'set', 'forgotten'], 'x')
  await good(['secrets', 'rm', 'forgotten', '--yes'])
  assert.deepEqual(await namesOf('secret', 'dogfood.secret=forgotten'), [''])
})

test('what is stopped starts as it was', async () => {
  await good(['stop', 'has'])
  assert.equal(await tasks('has'), '')
  await good(['start', 'has'])
  assert.notEqual(await tasks('has'), '')
})

test('a deleted app leaves no service, network, secret or config, and can be deployed again at once', async () => {
  await good(['delete', '--yes', '--keep-secrets'])
  const label = `dogfood.app=${app.stack}`
  assert.deepEqual(await namesOf('config', label), [`${app.stack}_salt`])
  assert.equal(await dockerOn(cluster.nodes[0], 'network', 'ls', '--quiet', '--filter', `label=${label}`), '')
  await good(['up'])
  await good(['delete', '--yes'])
  assert.deepEqual([await namesOf('config', label), await namesOf('secret', label)], [[''], ['']])
})
