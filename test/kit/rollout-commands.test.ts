import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CommandError } from '../../kit/docker.ts'
import { build, makeAnew, startBeside, startTrial } from '../../kit/rollout/commands.ts'
import { read } from '../../kit/rollout/rollout-command.ts'
import { siteOf } from '../../kit/rollout/site.ts'
import { ifMissing, inRole, neighbour, splitImage } from '../../kit/rollout/tags.ts'

const place = { project: 'site', directory: '/srv/site', files: ['a.yml', 'b.yml'] }
const compose = 'compose --project-name site --project-directory /srv/site --file a.yml --file b.yml'.split(
  ' ',
)

test('new instances are started beside the old ones, which nothing recreates', () => {
  assert.deepEqual(startBeside(place, 'webapp', 4).args, [
    ...compose,
    ...'up --detach --no-deps --no-build --no-recreate --scale webapp=4 webapp'.split(' '),
  ])
})

test('the next image is built and tried under a tag of its own, so that what runs keeps its name', () => {
  assert.deepEqual(build(place, 'next', 'r1', ['webapp', 'files']), {
    args: [...compose, ...'build --build-arg RELEASE=r1 webapp files'.split(' ')],
    env: { TAG: 'next' },
  })
  assert.deepEqual(startTrial(place, 'next', 'webapp', 'site-trial'), {
    args: [...compose, ...'run --detach --no-deps --no-TTY --name site-trial webapp'.split(' ')],
    env: { TAG: 'next' },
  })
})

test('the container that publishes is made anew of the release it published, and not started', () => {
  assert.deepEqual(makeAnew(place, 'current', 'files'), {
    args: [...compose, ...'up --no-start --no-deps --no-build --force-recreate files'.split(' ')],
    env: { TAG: 'current' },
  })
})

test('an engine that does not answer is not taken for one without the image', () => {
  const failure = (line: string) => new CommandError('docker', ['image', 'inspect'], 'exit 1', [line])
  assert.equal(ifMissing(failure('Error response from daemon: No such image: a:b')), undefined)
  assert.throws(() => ifMissing(failure('Cannot connect to the Docker daemon')), /image inspect/)
})

test('an image is told apart from the port of its registry', () => {
  assert.deepEqual(splitImage('registry:5000/webapp'), { repository: 'registry:5000/webapp', tag: 'latest' })
  assert.deepEqual(splitImage('registry:5000/webapp:v1'), { repository: 'registry:5000/webapp', tag: 'v1' })
  assert.equal(inRole('dogfood-webapp:current', 'previous'), 'dogfood-webapp:previous')
  assert.equal(inRole('dogfood-webapp:two', 'previous'), 'dogfood-webapp:two-previous')
  assert.equal(neighbour('current', 'next'), 'next')
})

const services = {
  webapp: { image: 'dogfood-webapp:current', deploy: { replicas: 3 } },
  worker: { image: 'dogfood-webapp:current', scale: 2 },
  files: { image: 'dogfood-front:current' },
  balancing: { image: 'dogfood-balancing:current' },
}

test('how many instances there are comes from the Compose files', () => {
  const { replicas, tag } = siteOf(place, { name: 'site', services })
  assert.deepEqual(replicas, { webapp: 3, worker: 2 })
  assert.equal(tag, 'current')
})

test('Compose files without the service, or with several tags, are refused with what to do', () => {
  const { files, ...others } = services
  assert.throws(() => siteOf(place, { name: 'site', services: others }), /no image for the service files/)
  const mixed = { ...services, files: { ...files, image: 'dogfood-front:other' } }
  assert.throws(() => siteOf(place, { name: 'site', services: mixed }), /several tags: current, other/)
})

test('the command line says what to roll out', () => {
  const sourceOf = (...args: string[]) => {
    const asked = read(args)
    return typeof asked === 'string' ? asked : asked.wanted.source
  }
  assert.deepEqual(sourceOf(), { kind: 'build', release: undefined })
  assert.deepEqual(sourceOf('--release', 'r2'), { kind: 'build', release: 'r2' })
  assert.deepEqual(sourceOf('--back'), { kind: 'back' })
  assert.deepEqual(sourceOf('--image', 'a:1', '--files', 'b:1'), {
    kind: 'given',
    images: { webapp: 'a:1', files: 'b:1' },
  })
})

test('a command line that asks for two things, or for nothing there is, is explained', () => {
  for (const [args, why] of [
    [['--back', '--image', 'a:1'], /give one of them/],
    [['--files', 'b:1'], /--files and --balancing go with --image/],
    [['--patience', 'long'], /take seconds/],
    [['--forth'], /--forth/],
  ] as const) {
    const asked = read(args)
    assert.match(typeof asked === 'string' ? asked : '', why)
  }
})
