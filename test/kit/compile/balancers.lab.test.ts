import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { docker } from '../../lab/docker.ts'
import { type Answer, ask } from '../../nginx/ask.ts'
import { until } from '../../until.ts'
import { compileAll } from './compiling.ts'
import { makePlace, type Place } from './run-service.ts'

let place: Place
before(async () => {
  place = await makePlace()
  await Promise.all([
    place.answer('tasks.shop-dev_s-api'),
    place.answer('tasks.shop-dev_s-api'),
    place.answer('tasks.shop-dev_s-other'),
  ])
})
after(() => place.end())

const web = (target: number) => ({ dependencies: [{ name: 'api', port: 80, target_port: target }] })
const scaled = { ports: [8000], scaling_policy: { max: 2 } }
const healthy = { ...scaled, health: { path: '/readyz' } }

const who = async (port: number, headers = {}) => (await ask(port, { path: '/who', headers })).text
const answered = (port: number) =>
  until(async () => {
    const answer = await ask(port, '/who').catch(() => undefined)
    return answer?.status === 200
  }, 'an instance to answer')

/** Both instances answer, one after the other. */
async function sharesRequests(port: number): Promise<void> {
  const names = new Set<string>()
  await until(async () => names.add(await who(port)).size === 2, 'both instances to answer')
}

test('a balancer of the kit asks all instances, over TCP and over HTTP, on the port of the dependent', async () => {
  for (const api of [scaled, healthy]) {
    const { port } = await place.run(compileAll({ web: web(8000), api }), 's-api-balancer', [80])
    await answered(port(80))
    await sharesRequests(port(80))
  }
})

test('the image of haproxy/ listens where the compiler says', async () => {
  const repository = fileURLToPath(new URL('../../..', import.meta.url))
  const image = 'dogfood-balancer:test'
  await docker('build', '--quiet', '--tag', image, '--file', `${repository}haproxy/Dockerfile`, repository)
  const compiled = compileAll({ web: web(8000), api: healthy }, { ofApp: { balancer: image } })
  const { port } = await place.run(compiled, 's-api-balancer', [80])
  await answered(port(80))
  await sharesRequests(port(80))
})

test('a front leads each domain to its component, and tells the address of the visitor', async () => {
  const domain = (name: string) => ({ ports: [8000], domains: { [name]: 8000 } })
  const compiled = compileAll({ api: domain('*.api.example'), other: domain('Other.example') })
  const { port } = await place.run(compiled, 'front', [8080])
  const get = (host: string, path = '/who'): Promise<Answer> =>
    ask(port(8080), { path, headers: { Host: host, 'X-Forwarded-For': '192.0.2.1' } })
  await until(async () => (await get('other.example')).status === 200, 'the other to answer')
  await until(async () => (await get('v1.api.example')).status === 200, 'the first to answer')
  const other = (await get('OTHER.example:80')).text
  assert.notEqual((await get('v1.api.example')).text, other)
  assert.equal((await get('nobody.example')).status, 404)
  const { headers } = JSON.parse((await get('other.example', '/echo')).text) as { headers: string[] }
  const forwarded = headers.filter((_, index) => /^x-forwarded-for$/i.test(headers[index - 1] ?? ''))
  assert.equal(forwarded.length, 1)
  assert.notEqual(forwarded[0], '192.0.2.1')
})

test('an instance that dies costs no visitor an answer', async () => {
  const dying = await place.answer('tasks.shop-dev_s-api')
  const compiled = compileAll({ api: { ...scaled, domains: { 'a.example': 8000 } } })
  const { port } = await place.run(compiled, 'front', [8080])
  await answered(port(8080))
  await sharesRequests(port(8080))
  const statuses = new Set<number>()
  for (let count = 0; count < 200; count++) {
    if (count === 50) await dying.kill()
    statuses.add((await ask(port(8080), '/who')).status)
  }
  assert.deepEqual([...statuses], [200])
})
