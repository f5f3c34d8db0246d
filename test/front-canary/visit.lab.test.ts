import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { MOST_RULES } from '../../kit/canary/option-values.ts'
import { visitorCookie, visitorIdIn } from '../../kit/canary/visitor-cookie.ts'
import { type CanaryFront, startCanaryFront } from './front.ts'
import { cookieOf, cookiesOf, type Question } from './visit.ts'
import { PROBE, rules, SALT } from './words.ts'

let front: CanaryFront
let tester: Question['headers']
before(async () => {
  front = await startCanaryFront()
})
after(() => front?.stop())

const claims = { 'X-Side': 'canary', X_Side: 'canary', 'User-Agent': 'a bot' }

/** A request for each way to the app. */
const ways: readonly Question[] = [
  { path: '/kept/way' },
  { path: '/kept/way?query' },
  { path: '/kept/way', method: 'POST' },
  { path: '/kept/way.png' },
  { path: '/own' },
  { path: '/own?query' },
  { path: '/session' },
  { path: '/signup' },
  { path: '/SIGNUP/link' },
  { path: '/admin/queue' },
  { path: '/hooks/crm', method: 'POST' },
  { path: '/robots.txt' },
  { path: '/_live' },
  { path: '/static/js/nowhere.0123abcd.js' },
]

/** Which X-Side the balancer was asked with, for a request of each way. */
async function sidesSent(headers: Question['headers']): Promise<string[][]> {
  const sent: string[][] = []
  for (const [index, way] of ways.entries()) {
    await front.asked()
    // Nothing of it may be kept from the time before.
    const path = way.path.replace('way', `way-${crypto.randomUUID()}-${index}`)
    await front.ask({ ...way, path, headers: { ...way.headers, ...headers } })
    const asked = await front.asked()
    assert.ok(asked.length > 0, path)
    sent.push(asked.flatMap(({ sides }) => sides))
  }
  return sent
}

test('without a canary nothing of it is there, and nobody can ask for one', async () => {
  assert.equal(await front.run('ls -d /tmp/canary /tmp/split.* 2>/dev/null || true'), '')
  assert.equal(await front.run('cat /proc/[0-9]*/maps 2>/dev/null | grep -c http_js || true'), '0')
  for (const sides of await sidesSent(claims)) assert.deepEqual(sides, [])
  const page = await front.ask('/kept/plain')
  assert.deepEqual(page.headers['set-cookie'], undefined)
  assert.equal(page.headers['cache-control'], 'public, max-age=0, s-maxage=300')
  assert.match(await front.run("grep -ah '^KEY: ' -r /tmp/pages"), /^KEY: identity\/kept\/plain$/m)
})

test('a balancer hears the side from nginx alone, by every way', async () => {
  const { allow } = await front.open({ percent: 0 })
  const [probe] = allow.flatMap((rule) => (rule.kind === 'header' ? [rule.value] : []))
  tester = { [PROBE]: probe }
  for (const sides of await sidesSent(claims)) assert.deepEqual(sides, [])
  for (const [index, sides] of (await sidesSent(tester)).entries()) {
    const path = ways[index]?.path ?? ''
    assert.ok(sides.length > 0, path)
    assert.deepEqual(new Set(sides), new Set(['canary']), path)
  }
})

test('a visit begins with a page, and gives a cookie that only nginx reads', async () => {
  const seen = await front.ask('/kept/begin')
  const given = cookiesOf(seen)['__Host-side'] ?? ''
  assert.match(given, /^[0-9a-f]{32}\.[\w-]{22}; Path=\/; Max-Age=2592000; Secure; HttpOnly; SameSite=Lax$/)
  const cookie = given.split(';')[0] ?? ''
  assert.equal(visitorIdIn(cookie, SALT), seen.headers['x-request-id'])
  const again = await front.ask({ path: '/own', headers: { Cookie: `a=b; __Host-side=${cookie}; c=d` } })
  assert.equal(cookieOf(again, '__Host-side'), undefined)
})

test('a cookie that nginx did not sign is no good', async () => {
  const id = '0123456789abcdef0123456789abcdef'
  for (const forged of [visitorCookie(id, 'x'), `${id}.`, id, 'x'.repeat(5000)]) {
    const seen = await front.ask({ path: '/own', headers: { Cookie: `__Host-side=${forged}` } })
    assert.equal(visitorIdIn(cookieOf(seen, '__Host-side') ?? '', SALT), seen.headers['x-request-id'])
  }
})

const program = { 'Sec-Fetch-Dest': undefined }
const visits: readonly [what: string, question: Question, isVisit: boolean][] = [
  ['a page that a browser opens', { path: '/own' }, true],
  ['a form that a browser sends', { path: '/own', method: 'POST' }, true],
  ['an older browser', { path: '/own', headers: program }, true],
  ['a program that takes anything', { path: '/own', headers: { ...program, Accept: '*/*' } }, true],
  ['a program that says nothing', { path: '/own', headers: { ...program, Accept: undefined } }, true],
  ['a program that sends something', { path: '/own', method: 'POST', headers: program }, false],
  ['a program that wants data', { path: '/own', headers: { ...program, Accept: 'application/json' } }, false],
  ['a script', { path: '/own', headers: { 'Sec-Fetch-Dest': 'script' } }, false],
  ['what a script asks', { path: '/own', headers: { 'Sec-Fetch-Dest': 'empty' } }, false],
  ['a picture', { path: '/pictures/a.png' }, false],
  ['a file at the root', { path: '/icon.svg' }, false],
  ['an asset', { path: '/static/js/of-old.0123abcd.js' }, false],
  ['a bot', { path: '/own', headers: { 'User-Agent': 'Googlebot/2.1' } }, false],
  ['a health check', { path: '/own', headers: { 'X-Health-Check': '1' } }, false],
]

test('only visits of people count, and get a cookie', async () => {
  await front.open({ percent: 100 })
  for (const [what, question, isVisit] of visits) {
    await front.asked()
    const seen = await front.ask(question)
    assert.equal(cookieOf(seen, '__Host-side') !== undefined, isVisit, what)
    const sides = (await front.asked()).flatMap((asked) => asked.sides)
    // The asset is on the other side, see assets.lab.test.ts.
    if (question.path.startsWith('/static/')) continue
    assert.deepEqual([...new Set(sides)], isVisit ? ['canary'] : [], what)
  }
})

test('an address that is allowed gets the canary without a cookie', async () => {
  const allow = [{ kind: 'address', address: '198.51.100.0', bits: 24 }] as const
  await front.open({ percent: 0, allow })
  const from = async (address: string) =>
    (await front.ask({ path: '/own', headers: { 'X-Test-Address': address, 'Sec-Fetch-Dest': 'script' } }))
      .text
  assert.equal(await from('198.51.100.77'), 'canary')
  assert.equal(await from('198.51.101.77'), 'nobody')
})

test('nginx takes as many rules as there may be without a warning', async () => {
  const texts = Array.from({ length: MOST_RULES - 1 }, (_, at) => `header:${'X'.repeat(60)}-${at}=y.${at}`)
  await front.open({ percent: 99.99, salt: 's'.repeat(64), id: 'i'.repeat(32), allow: rules(...texts) })
  const said = await front.run('nginx -t -e stderr -c /srv/front/nginx/swarm.conf 2>&1')
  assert.doesNotMatch(said + (await front.logs()), /\[(?:warn|error|crit|alert|emerg)\]/)
})

test('at the end of a canary everything of it goes', async () => {
  await front.close()
  assert.equal(await front.run('ls -A /tmp/canary/'), 'split.conf')
  assert.equal((await front.ask('/own')).headers['set-cookie']?.length, 1)
  for (const sides of await sidesSent({ ...claims, ...tester })) assert.deepEqual(sides, [])
})
