import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { run } from '../lab/command.ts'
import { docker } from '../lab/docker.ts'
import { until } from '../until.ts'
import { broken, type Inspected, isOneShot, serviceOf } from './policy.ts'
import { memoryMounts, processesIn } from './processes.ts'
import { type ProductionStack, productionUp } from './stack.ts'

const megabyte = 1e6
// Of profiles that have to be asked for.
const optional = ['standins', 'prometheus']
const base = /^FROM (\S+) AS production$/m

let stack: ProductionStack
let containers: readonly Inspected[]
let images: readonly string[]
before(async () => {
  stack = await productionUp({
    settings: { COMPOSE_PROFILES: 'stand-ins,observe' },
  })
  const ids = (await stack.compose('ps', '--all', '--quiet')).split('\n')
  containers = JSON.parse(await docker('inspect', ...ids))
  const tagged = (await docker('image', 'ls', '--format', '{{.Repository}}:{{.Tag}}')).split('\n')
  images = tagged.filter((image) => image.endsWith(`:${stack.project}`))
})
after(() => stack?.down())

const running = () => containers.filter((container) => !isOneShot(container))
const idOf = ({ Name }: Inspected): string => Name.slice(1)
const sizeOf = async (image: string): Promise<number> =>
  Number(await docker('image', 'inspect', '--format', '{{.Size}}', image))

test('every container keeps the policy', () => {
  assert.ok(containers.length >= 15)
  assert.deepEqual(containers.flatMap(broken), [])
})

test('every service of every profile has its limits, and a name for its image', async () => {
  const { services } = JSON.parse(await stack.compose('config', '--format', 'json'))
  for (const [name, service] of Object.entries<Record<string, unknown>>(services)) {
    for (const key of ['mem_limit', 'cpus', 'pids_limit', 'init', 'read_only', 'logging', 'image'])
      assert.ok(service[key], `${name} has no ${key}`)
    assert.deepEqual([service.cap_drop, service.security_opt], [['ALL'], ['no-new-privileges:true']], name)
  }
})

test('every process runs without root, without capabilities, and with filtered system calls', async () => {
  for (const container of running()) {
    for (const { name, uid, capabilities, noNewPrivileges, seccomp } of await processesIn(idOf(container))) {
      const found = [uid > 0, Number.parseInt(capabilities, 16), noNewPrivileges, seccomp]
      assert.deepEqual(found, [true, 0, true, 2], `${name} in ${container.Name}`)
    }
  }
})

test('nothing that is written into memory can be run from there, and it is small', async () => {
  for (const container of running()) {
    for (const { place, options } of await memoryMounts(idOf(container))) {
      const where = `${place} of ${container.Name}`
      for (const option of ['noexec', 'nosuid', 'nodev'])
        assert.ok(options.includes(option), `${where}: ${option}`)
      assert.ok(
        options.some((option) => option.startsWith('size=')),
        where,
      )
    }
  }
})

test('no image runs as root, lacks a health check, adds archives, or holds a program that changes its user', async () => {
  const made: { RepoTags: string[]; Config: { User: string; Healthcheck?: object } }[] = JSON.parse(
    await docker('image', 'inspect', ...images),
  )
  assert.ok(made.length >= 8)
  for (const { RepoTags, Config } of made) {
    const [name = ''] = RepoTags
    assert.doesNotMatch(Config.User, /^(?:|0|root)(?::|$)/, name)
    if (name.startsWith('dogfood-stand-ins')) continue
    assert.ok(Config.Healthcheck, `${name} has no HEALTHCHECK`)
    assert.doesNotMatch(
      await docker('history', '--no-trunc', '--format', '{{.CreatedBy}}', name),
      /^ADD (?!file:)/m,
    )
    const look = [
      '--rm',
      '--user',
      '0',
      '--entrypoint',
      'find',
      name,
      '/',
      '-xdev',
      '-type',
      'f',
      '-perm',
      '/6000',
    ]
    assert.equal(await docker('run', ...look), '', name)
  }
})

test('no secret is in an image, its history, an environment or a command line', async () => {
  const texts = await run('sh', ['-c', `find ${join(stack.folder, 'secrets')} -type f -exec cat {} +`])
  const secrets = [...new Set(texts.match(/[0-9a-f]{64}|(?:token|webhook-secret)-of-[\w-]+/g))]
  assert.ok(secrets.length >= 9)
  // The stand-ins have theirs in their environment: those open nothing else.
  const inspected = JSON.stringify(containers.filter((container) => serviceOf(container) !== 'standins'))
  const listed = await Promise.all(
    running().map((container) => docker('top', idOf(container), '-eo', 'pid,args')),
  )
  for (const secret of secrets) {
    assert.ok(!inspected.includes(secret))
    assert.ok(!listed.some((text) => text.includes(secret)))
  }
  const patterns = join(stack.folder, 'patterns')
  const ours = images.filter((image) => !image.startsWith('dogfood-stand-ins')).join(' ')
  const search = `docker save ${ours} | grep --count --text --fixed-strings --file=${patterns} || true`
  // So that finding nothing means something, the same search finds what is there.
  writeFileSync(patterns, 'startOrExplain\n')
  assert.notEqual(await run('sh', ['-c', search]), '0')
  writeFileSync(patterns, `${secrets.filter((secret) => /^[0-9a-f]{64}$/.test(secret)).join('\n')}\n`)
  assert.equal(await run('sh', ['-c', search]), '0')
})

test("the webapp's image adds less than 120 MB to its base", async () => {
  const [, from = ''] = base.exec(readFileSync(join(stack.folder, 'Dockerfile'), 'utf8')) ?? []
  const added = (await sizeOf(`dogfood-webapp:${stack.project}`)) - (await sizeOf(from))
  assert.ok(added < 120 * megabyte, `${Math.round(added / megabyte)} MB`)
})

test('the whole site at rest needs less than 400 MB', async () => {
  const ids = running()
    .filter((container) => !optional.includes(serviceOf(container)))
    .map(idOf)
  let used = 0
  const isSmall = async () => {
    const lines = await docker('stats', '--no-stream', '--format', '{{.MemUsage}}', ...ids)
    used = lines.split('\n').reduce((sum, line) => sum + megabytes(line), 0)
    return used < 400
  }
  // Right after the start, what was needed for that is still there.
  await until(isSmall, 'the memory of the start to be given back').catch(() =>
    assert.fail(`${Math.round(used)} MB`),
  )
})

function megabytes(usage: string): number {
  const [, number, unit = ''] = /^([\d.]+)(\w+)/.exec(usage) ?? []
  const bytes = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 }[unit] ?? Number.NaN
  return (Number(number) * bytes) / megabyte
}
