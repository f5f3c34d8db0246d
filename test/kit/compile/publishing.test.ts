import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileAll, faultsOf, serviceOf, stackOf } from './compiling.ts'

const site = (...domains: string[]) => ({
  ports: [8000],
  domains: Object.fromEntries(domains.map((domain) => [domain, 8000])),
})

test('a domain publishes a component of every machine in host mode, where client addresses are real', () => {
  const web = { ...site('a.example:80', 'a.example:443', 'b.example'), placement: 'global' }
  const service = serviceOf('s-web', { web })
  assert.deepEqual(service.ports, [
    { target: 8000, published: 80, protocol: 'tcp', mode: 'host' },
    { target: 8000, published: 443, protocol: 'tcp', mode: 'host' },
  ])
  assert.equal(service.deploy.mode, 'global')
})

test('labels choose the machines that visitors come to', () => {
  const web = { ...site('a.example'), placement: { mode: 'global', labels: { zone: 'front' } } }
  const { deploy } = serviceOf('s-web', { web })
  assert.deepEqual(deploy.placement?.constraints, ['node.labels.zone == front'])
})

test('host-mode services are updated one node at a time, the old before the new', () => {
  const { deploy } = serviceOf('s-web', { web: { ...site('a.example'), placement: 'global' } })
  assert.deepEqual([deploy.update_config?.order, deploy.update_config?.parallelism], ['stop-first', 1])
})

test('a component that is anywhere is reached through a front on every machine', () => {
  const { services } = stackOf({ web: { ...site('a.example'), scaling_policy: { min: 2, max: 4 } } })
  assert.deepEqual(Object.keys(services), ['front', 's-web'])
  const { front, 's-web': web } = services
  assert.deepEqual(front?.ports, [{ target: 8080, published: 80, protocol: 'tcp', mode: 'host' }])
  assert.equal(front?.deploy.mode, 'global')
  assert.equal(front?.deploy.update_config?.order, 'stop-first')
  assert.deepEqual([web?.ports, web?.deploy.update_config?.order], [undefined, 'start-first'])
  assert.deepEqual(front?.networks, { 'front--out': {}, 'front--s-web': {} })
  assert.deepEqual(web?.networks, { 'front--s-web': {}, 's-web--out': {} })
})

const configOf = (components: Parameters<typeof stackOf>[0]): string =>
  String(compileAll(components).configs[0]?.content)

test('the front tells the address of the visitor, and believes none that it is told', () => {
  assert.match(configOf({ web: site('a.example') }), /http-request set-header X-Forwarded-For %\[src\]\n/)
})

test('a visitor who says nothing more does not keep others out of the front', () => {
  assert.match(
    configOf({ web: site('a.example') }),
    /frontend visitors [\s\S]* timeout http-keep-alive 10s\n/,
  )
})

test('one component behind the front answers to every name, and several share port 80 by their domains', () => {
  assert.match(configOf({ web: site('a.example') }), /default_backend s-web-8000\n/)
  const several = configOf({ web: site('a.example', '*.a.example'), admin: site('admin.a.example') })
  assert.deepEqual(
    [...several.matchAll(/use_backend (\S+) if .* (\S+) }/g)].map(([, backend, domain]) => [backend, domain]),
    [
      ['s-admin-8000', 'admin.a.example'],
      ['s-web-8000', 'a.example'],
      ['s-web-8000', '.a.example'],
    ],
  )
  assert.match(several, /default_backend nobody\n/)
})

test('a component of every machine shares port 80 through the front, too, and keeps its other ports', () => {
  const components = { web: { ...site('a.b', 'a.b:443'), placement: 'global' }, api: site('b.b') }
  assert.deepEqual(
    serviceOf('s-web', components).ports?.map(({ published }) => published),
    [443],
  )
  assert.equal(serviceOf('front', components).ports?.[0]?.published, 80)
})

test('two components of every machine share port 80 through the front', () => {
  const everywhere = (domain: string) => ({ ...site(domain), placement: 'global' })
  const { services } = stackOf({ web: everywhere('a.b'), api: everywhere('b.b') })
  assert.deepEqual(
    Object.values(services).map(({ ports }) => ports?.map(({ published }) => published)),
    [[80], undefined, undefined],
  )
})

test('the front is only where all that it leads to have the same labels', () => {
  const labels = { mode: 'simple', labels: { zone: 'front' } }
  const where = (other: object) =>
    serviceOf('front', { web: { ...site('a.b'), placement: labels }, api: { ...site('b.b'), ...other } })
      .deploy.placement
  assert.deepEqual(where({ placement: labels }), { constraints: ['node.labels.zone == front'] })
  assert.equal(where({}), undefined)
})

test('two components can not publish one port of the nodes, but for port 80', () => {
  const components = { web: site('a.example:443'), api: site('b.example:443') }
  assert.match(faultsOf(components)[0] ?? '', /port 443 of the nodes leads to port 8000 of s\/api already/)
  assert.deepEqual(faultsOf({ web: site('a.example'), api: site('b.example') }), [])
})

test('a component that runs at times can have no domain', () => {
  assert.match(faultsOf({ job: { ...site('a.example'), schedule: 'manual' } })[0] ?? '', /only at times/)
})
