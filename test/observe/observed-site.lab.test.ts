import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { run } from '../lab/command.ts'
import { docker, freePort } from '../lab/docker.ts'
import { type ProductionStack, productionUp } from '../production/stack.ts'
import { visitorAt } from '../production/visitor.ts'
import { until } from '../until.ts'
import { openDashboard, servedFacts } from './dashboard.ts'

let stack: ProductionStack
let prometheus: string
before(async () => {
  const port = await freePort()
  stack = await productionUp({
    settings: { COMPOSE_PROFILES: 'stand-ins,observe', OBSERVE_PORT: String(port) },
  })
  prometheus = `http://127.0.0.1:${port}`
})
after(() => stack?.down())

const paths = ['/', '/docs', '/session', '/nowhere', '/blog', '/search?q=cache', '/how-it-works']

/** One visit of each kind of page. */
const browse = () =>
  run('curl', [
    ...['--insecure', '--silent', '--max-time', '20', '--output', '/dev/null'],
    ...paths
      .flatMap((path) => ['--next', '--insecure', '--silent', '--output', '/dev/null', stack.url + path])
      .slice(1),
  ])

interface Result {
  readonly metric: Readonly<Record<string, string>>
  readonly value: readonly [number, string]
}

async function query(text: string): Promise<Result[]> {
  const answer = await fetch(`${prometheus}/api/v1/query?query=${encodeURIComponent(text)}`)
  return ((await answer.json()) as { data: { result: Result[] } }).data.result
}

test('every part is read, each instance by itself', async () => {
  const parts = { balancer: 1, nginx: 1, prometheus: 1, webapp: 3, worker: 1 }
  const up = async () => {
    const results = await query('count by (job) (up == 1)')
    return Object.fromEntries(results.map(({ metric, value }) => [metric.job ?? '', Number(value[1])]))
  }
  const all = async () => isDeepStrictEqual(await up(), parts)
  await until(all, 'all parts to be read', 60).catch(async (error) =>
    assert.deepEqual(await up(), parts, error),
  )
  const names = (await query('dogfood_build_info{job="webapp"}'))
    .map(({ metric }) => metric.instance ?? '')
    .sort()
  const containers = (await stack.containers('webapp')).map((id) => id.slice(0, 12)).sort()
  assert.deepEqual(names, containers)
})

test('under load every panel of the dashboard has numbers, in light and dark, on a phone and on a desk', async () => {
  await visitorAt(stack.url).requestInvite('ann@example.com')
  // The dashboard asks for whole seconds, so for a time just past.
  const ready = async () => {
    await browse()
    return (
      (await query('sum(rate(dogfood_front_requests_total{cache="HIT"}[1m] offset 2s)) > 0')).length > 0 &&
      (await query('sum(rate(dogfood_delivery_attempts_total[1m] offset 2s)) >= 0')).length > 0
    )
  }
  await until(ready, 'the load to be counted', 60)
  const windows = [
    { width: 1280, colorScheme: 'light' },
    { width: 375, colorScheme: 'dark' },
  ] as const
  for (const window of windows) {
    const picture = process.env.DASHBOARD_PICTURES && `${process.env.DASHBOARD_PICTURES}-${window.width}.png`
    const { panels, tiles, alerts, isTooWide, faults } = await openDashboard(
      `${prometheus}/user/`,
      window,
      picture,
    )
    assert.deepEqual(faults, [])
    assert.equal(isTooWide, false)
    assert.deepEqual(alerts, [])
    assert.deepEqual(
      Object.entries(panels).filter(([, lines]) => lines === 0),
      [],
    )
    assert.deepEqual(
      Object.entries(tiles).filter(([, text]) => text === '–' || text === '…'),
      [],
    )
    assert.deepEqual([tiles.nginx, tiles.Balancer, tiles.Instances, tiles.Workers], ['up', 'up', '3', '1'])
  }
})

test('the numbers are for nobody outside: no port of theirs is published, and the site has no such page', async () => {
  const status = await run('curl', [
    '--insecure',
    '--silent',
    '--output',
    '/dev/null',
    '--write-out',
    '%{http_code}',
    `${stack.url}/metrics`,
  ])
  assert.equal(status, '404')
  const format =
    '{{range $port, $at := .NetworkSettings.Ports}}{{range $at}}{{$port}} {{.HostIp}} {{end}}{{end}}'
  const published = async (service: string) =>
    Promise.all((await stack.containers(service)).map((id) => docker('inspect', '--format', format, id)))
  for (const service of ['webapp', 'worker', 'balancer', 'requestcounter'])
    assert.deepEqual([...new Set(await published(service))], [''])
  assert.doesNotMatch((await published('nginx')).join(), /9113/)
  assert.deepEqual(await published('prometheus'), ['9090/tcp 127.0.0.1'])
})

test('no number carries an address, a name or a path of a visitor', async () => {
  const answer = await fetch(`${prometheus}/api/v1/series?match[]={__name__=~"dogfood_.*|haproxy_.*"}`)
  const text = await answer.text()
  assert.match(text, /dogfood_front_requests_total/)
  assert.doesNotMatch(text, /ann@|Ann|\/session|\/docs|nowhere/)
})

test('how it works says that nginx had the page, which of three instances made it, and of which release', async () => {
  const facts = await servedFacts(stack.url)
  const containers = (await stack.containers('webapp')).map((id) => id.slice(0, 12))
  assert.match(facts.place ?? '', /^nginx \((?:hit|updating|stale)\)$/)
  assert.ok(containers.includes(facts.instance ?? ''))
  assert.deepEqual([facts.instances, facts.release], ['3', 'first'])
})

test('an instance and a worker that are gone show within half a minute', async () => {
  await stack.compose('stop', '--timeout', '1', 'worker')
  const [first = ''] = await stack.containers('webapp')
  await docker('pause', first)
  const seen = async () =>
    Number((await query('haproxy_backend_active_servers{proxy="instances"}'))[0]?.value[1]) === 2 &&
    (await query('absent(up{job="worker"} == 1)')).length === 1
  await until(seen, 'the numbers to tell', 40)
  await docker('unpause', first)
  await stack.compose('start', 'worker')
})

test('what instances answer while all of them fail their checks is told', async () => {
  const asked = async () =>
    Number((await query('sum(haproxy_backend_http_responses_total{proxy="unchecked"})'))[0]?.value[1] ?? 0)
  const before = await asked()
  // Each says that it is not ready, and serves on for three seconds.
  await docker('kill', '--signal', 'TERM', ...(await stack.containers('webapp')))
  for (const end = Date.now() + 5000; Date.now() < end; ) await browse()
  await until(async () => (await asked()) > before, 'the balancer to tell', 40)
  await stack.compose('up', '--detach', '--no-build', '--wait', 'webapp')
})

test('a balancer that is gone shows within half a minute', async () => {
  await stack.compose('stop', '--timeout', '1', 'balancer')
  await until(async () => (await query('up{job="balancer"} == 0')).length === 1, 'Prometheus to see it', 40)
  const { tiles } = await openDashboard(`${prometheus}/user/`, { width: 1280, colorScheme: 'light' })
  assert.deepEqual([tiles.Balancer, tiles.Instances], ['down', '0'])
})
