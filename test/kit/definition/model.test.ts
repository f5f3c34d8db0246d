import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sayFault } from '../../../kit/definition/fault.ts'
import type { Component } from '../../../kit/definition/model.ts'
import { readDefinition } from '../../../kit/definition/read.ts'
import { corpus, readExample } from './corpus.ts'

function component(name: string, fullName: string): Component {
  const example = corpus.find((each) => each.name === name)
  assert.ok(example, name)
  const { app } = readExample(example, example.environments[0] ?? '')
  const found = app?.services
    .flatMap(({ components }) => components)
    .find((each) => each.fullName === fullName)
  assert.ok(found, fullName)
  return found
}

test('what nothing is said of has its default', () => {
  const { place, ...hello } = component('smallest-first', 'hello/hello')
  assert.deepEqual(hello, {
    name: 'hello',
    service: 'hello',
    fullName: 'hello/hello',
    image: 'giantswarm/helloworld',
    ports: [],
    env: [],
    args: [],
    domains: [],
    links: [],
    outsideLinks: [],
    scale: { min: 1, max: 1 },
    placement: { mode: 'simple', labels: [] },
    volumes: [],
    secrets: [],
    configs: [],
    limits: {},
    update: { strategy: 'one-by-one', parallelism: 1, delaySeconds: 0, monitorSeconds: 5 },
    contained: false,
    outside: true,
    control: false,
    tmpfs: [],
    signalReady: false,
  })
  assert.deepEqual(place, {
    file: 'swarm.json',
    line: 1,
    column: 71,
    path: 'services/hello/components/hello',
  })
})

test('numbers, switches and lists may be text', () => {
  const web = component('strings-everywhere', 's/web')
  assert.deepEqual(web.ports, [{ number: 8000, protocol: 'tcp' }])
  assert.deepEqual(web.scale, { min: 2, max: 5 })
  assert.deepEqual(web.args, ['gunicorn', '-b', '0.0.0.0:8000', 'app:app'])
  assert.deepEqual(
    web.env.map(({ name, value }) => `${name}=${value}`),
    ['WORKERS=4', 'DEBUG=false', 'EMPTY=', 'NOTHING=', 'RATIO=0.5'],
  )
  const [link] = web.links
  assert.deepEqual([link?.component, link?.port, link?.sameMachine], ['s/db', 5432, true])
  assert.deepEqual(component('strings-everywhere', 's/db').volumes, [
    { kind: 'own', path: '/var/lib/postgresql/data', bytes: 10 * 1024 ** 3, shared: false },
  ])
})

test('a dependency is a component, a port and a host name', () => {
  const [first, second] = component('elk', 'in/logstash').links
  const link = {
    component: 'store/elasticsearch',
    protocol: 'tcp',
    alias: 'es',
    env: true,
    sameMachine: false,
  }
  assert.deepEqual(
    [first, second],
    [
      { ...link, port: 9200, targetPort: 9200 },
      { ...link, port: 9300, targetPort: 9300 },
    ],
  )
  assert.equal(component('cron-scraper', 'parking/go-cron').links[1]?.alias, 'logstash')
})

test('what a parent exposes leads to the child that listens', () => {
  const links = component('shop-tree', 'default/frontend').links.map(
    ({ component, port, targetPort, alias }) => `${alias}:${port} is ${component}:${targetPort}`,
  )
  assert.deepEqual(links, ['cart:8005 is cart/server:80', 'catalog-api:8003 is catalog-api/v2:9000'])
})

test('a service that is not in the file is another app', () => {
  assert.deepEqual(component('inter-service', 'default/worker').outsideLinks, [
    { app: 'billing', port: 8080, protocol: 'tcp', alias: 'billing' },
    { app: 'accounts', port: 443, protocol: 'tcp', alias: 'users' },
  ])
})

test('domains are published as 80, or as they say', () => {
  const domains = (name: string, component_: string) =>
    component(name, component_).domains.map(({ name, port, published }) => `${name}:${published} to ${port}`)
  assert.deepEqual(domains('hot-urls', 'default/frontend'), [
    'hot.gigantic.io:80 to 5001',
    'www.hot.example.com:80 to 5001',
  ])
  assert.deepEqual(domains('blog-mysql', 'blog/wordpress'), [
    'www.example.org:80 to 80',
    'blog.example.org:80 to 80',
  ])
  assert.deepEqual(domains('own-keys', 'shop/web'), [
    'shop.example.com:80 to 8000',
    'shop.example.com:443 to 8000',
  ])
  assert.deepEqual(domains('jobs', 'default/jobscheduler'), [
    'jobs-ada.gigantic.io:80 to 4444',
    'jobs-ada.gigantic.io:40444 to 40444',
  ])
})

test('the scale of a service is that of its components, and that of a pod too', () => {
  assert.deepEqual(component('symfony', 'webapp/fpm').scale, { min: 3, max: 3 })
  assert.deepEqual(component('pod-children', 'web/logs').scale, { min: 2, max: 4 })
  assert.equal(component('crate', 'default/crate').placement.mode, 'one-per-machine')
})

test('components of a pod know it, and borrow volumes from each other', () => {
  assert.equal(component('pod-children', 'web/logs').pod, 'web/pod')
  assert.equal(component('pod-children', 'web/alone').pod, undefined)
  assert.equal(component('pod-inherit', 'stack-b/c').pod, 'stack/pod')
  const log = { kind: 'borrowed', from: 'web/server', volume: '/var/log/app' }
  assert.deepEqual(component('pod-children', 'web/logs').volumes, [{ ...log, path: '/logs' }])
  assert.deepEqual(component('pod-children', 'web/backup').volumes, [
    { ...log, path: '/var/log/app' },
    { kind: 'borrowed', from: 'web/server', volume: '/uploads', path: '/uploads' },
  ])
})

test('our own keys have units', () => {
  const web = component('own-keys', 'shop/web')
  assert.deepEqual(web.health, {
    test: ['CMD', 'curl', '-f', 'localhost:8000/ready'],
    http: { path: '/ready', port: 8000 },
    intervalSeconds: 5,
    timeoutSeconds: 2,
    retries: 3,
    startPeriodSeconds: 90,
    startIntervalSeconds: 0.25,
  })
  assert.deepEqual(web.secrets, [
    { name: 'database_url', target: 'database_url', mode: 0o444 },
    { name: 'tls_key', target: '/etc/tls/key.pem', mode: 0o440 },
  ])
  assert.deepEqual(web.configs, [
    { name: 'etc-shop-shop.conf', file: 'conf/shop.conf', target: '/etc/shop/shop.conf', mode: 0o444 },
  ])
  assert.deepEqual(web.limits, { cpus: 1.5, memoryBytes: 512 * 1024 ** 2, pids: 100 })
  assert.deepEqual(web.placement, { mode: 'one-per-machine', labels: [{ name: 'zone', value: 'front' }] })
  assert.deepEqual(web.update, {
    strategy: 'one-by-one',
    parallelism: 2,
    delaySeconds: 10,
    monitorSeconds: 30,
  })
  assert.deepEqual([web.drainSeconds, web.contained], [40, true])
  assert.deepEqual(web.tmpfs, [{ path: '/tmp', bytes: 16 * 1024 ** 2, mode: 0o1777 }])
  assert.deepEqual(component('own-keys', 'shop/agent').health?.test, ['NONE'])
})

test('a schedule is times in UTC, or by hand', () => {
  assert.deepEqual(component('own-keys', 'shop/migrate').schedule, { kind: 'manual' })
  const nightly = component('own-keys', 'shop/nightly').schedule
  assert.ok(nightly?.kind === 'cron')
  assert.deepEqual([nightly.minutes, nightly.hours, nightly.weekdays], [[30], [2], [1, 2, 3, 4, 5]])
  assert.deepEqual([nightly.days.length, nightly.months.length, nightly.eitherDay], [31, 12, false])
})

test('the second format takes its name from the folder where it has none', () => {
  const example = corpus.find(({ name }) => name === 'pod-inherit')
  assert.equal(example && readExample(example, 'me/dev').app?.name, 'pod-inherit')
})

test('a pod of one, and a name without value, are warnings', () => {
  const text = `{ "app_name": "a", "services": [ { "service_name": "s", "components": [
    { "component_name": "c", "image": "i", "pod": "p", "env": [ "A", "B=1", "B=2" ] } ] } ] }`
  const { app, warnings } = readDefinition({
    definition: { file: 'swarm.json', text },
    environment: 'a/b',
    loginName: 'ada',
  })
  assert.deepEqual(app?.services[0]?.components[0]?.env, [
    { name: 'A', value: '' },
    { name: 'B', value: '2' },
  ])
  assert.deepEqual(
    warnings.map(({ message }) => message),
    [
      'it is alone in the pod "p"',
      '"A" has no "=": it is set to nothing',
      'B is there twice: the one on line 2 counts',
    ],
  )
})

test('of a key that is twice in one object the last counts, with a warning', () => {
  const component = '{ "component_name": "a",\n "image": "x",\n "image": "y" }'
  const text = `{ "app_name": "a", "services": [{ "service_name": "s", "components": [${component}] }] }`
  const { app, warnings } = readDefinition({
    definition: { file: 'swarm.json', text },
    environment: 'org/env',
    loginName: 'ann',
  })
  assert.equal(app?.services[0]?.components[0]?.image, 'y')
  assert.deepEqual(warnings.map(sayFault), [
    'swarm.json:3:2: the key "image" is there twice: this one counts, not that of line 2',
  ])
})
