import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { raisedFiles, raisedLimits } from '../../bench/raised-limits.ts'
import { hiddenFields } from '../signup/visitor.ts'
import { type Person, personAt, type Seen } from './people.ts'
import { type ProductionStack, productionUp } from './stack.ts'

const peopleOfEachKind = 50
const rounds = 2
const own = [
  '/session',
  '/admin/sign-in',
  '/invite',
  '/signup/link',
  '/search?q=redis',
  '/search.json?q=redis',
  '/welcome',
]
const nobodys = ['/no/such/page', '/session/nothing', '/blog/page/99']
const redirects = ['/docs/', '/blog/', '/docs/index.html?name=']

// All come from one address here: forms and sessions are not limited as they would be for one visitor.
const overlay = mkdtempSync(join(tmpdir(), 'dogfood-leak-'))

let stack: ProductionStack
let pages: string[]
before(async () => {
  const volumes = raisedFiles.map((name) => {
    const text = raisedLimits(name, readFileSync(join('nginx/conf', name), 'utf8'))
    const sessions = text.replace('zone=beginners:4m rate=2r/s', 'zone=beginners:4m rate=1000000r/s')
    writeFileSync(
      join(overlay, name),
      sessions.replace('zone=beginners burst=100', 'zone=beginners burst=1000000'),
    )
    return `'${join(overlay, name)}:/etc/nginx/conf/${name}:ro'`
  })
  writeFileSync(join(overlay, 'compose.yml'), `services:\n  files:\n    volumes: [${volumes.join(', ')}]\n`)
  chmodSync(overlay, 0o755)
  // The checkout of the test is another folder beside it.
  stack = await productionUp({ files: [join('..', basename(overlay), 'compose.yml')] })
  const sitemap = (await personAt(stack.url).get('/sitemap.xml')).text
  pages = [...sitemap.matchAll(/<loc>https?:\/\/[^/<]+([^<]*)<\/loc>/g)]
    .map(([, path]) => path || '/')
    .filter((path) => !own.includes(path))
})
after(async () => {
  await stack?.down()
  rmSync(overlay, { recursive: true })
})

interface Visit extends Seen {
  readonly who: Person
  readonly path: string
  readonly kind: 'page' | 'own' | 'nobodys' | 'redirect'
}

/** Everything there is, in an order of their own, with their name in queries and searches too. */
async function browse(who: Person): Promise<Visit[]> {
  const addresses = [
    ...[...pages, '/feed.xml', '/feed.json', '/robots.txt', '/llms.txt'].map(
      (path) => ({ path, kind: 'page' }) as const,
    ),
    ...own.map((path) => ({ path, kind: 'own' }) as const),
    ...nobodys.map((path) => ({ path, kind: 'nobodys' }) as const),
    ...redirects.map(
      (path) => ({ path: path.replace('name=', `name=${who.name}`), kind: 'redirect' }) as const,
    ),
    { path: `/docs?name=${who.name}`, kind: 'page' } as const,
    { path: `/search?q=${who.name}`, kind: 'own' } as const,
  ]
  const visits: Visit[] = []
  for (const { path, kind } of addresses.sort(() => Math.random() - 0.5))
    visits.push({ ...(await patiently(who, path)), who, path, kind })
  return visits
}

/** Asks again where the site says that it has too much to do: the machine may be small. */
async function patiently(who: Person, path: string, patience = 60): Promise<Seen> {
  const seen = await who.get(path)
  if (seen.status !== 503 || patience === 0) return seen
  await sleep(1000)
  return patiently(who, path, patience - 1)
}

test('50 visitors with a session and 50 without browse everything at once, and nobody sees what is another’s', {
  timeout: 600_000,
}, async () => {
  const known = Array.from({ length: peopleOfEachKind }, () => personAt(stack.url))
  const strangers = Array.from({ length: peopleOfEachKind }, () => personAt(stack.url))
  const people = [...known, ...strangers]
  const introduced = await Promise.all(known.map((who) => who.post('/session', { name: who.name })))
  assert.deepEqual([...new Set(introduced.map(({ status }) => status))], [303])
  const visits: Visit[] = []
  for (let round = 0; round < rounds; round++)
    for (const seen of await Promise.all(people.map(browse))) visits.push(...seen)
  for (const who of people) who.leave()

  for (const { who, path, kind, status, headers, text } of visits) {
    const what = `${path}: ${status}, ${headers['x-front-cache']}`
    const everything = `${JSON.stringify(headers)} ${text}`
    for (const [name] of everything.matchAll(/Visitor-[\da-f-]{36}/g)) assert.equal(name, who.name, what)
    assert.match(
      String(headers['x-front-cache']),
      kind === 'own' ? /^BYPASS$/ : /^(?:HIT|MISS|STALE|UPDATING)$/,
      what,
    )
    assert.match(String(headers['cache-control']), kind === 'own' ? /^private, no-store$/ : /^public/, what)
    if (kind !== 'own') assert.equal(headers['set-cookie'], undefined, what)
    if (kind === 'page') assert.equal(status, 200, what)
    if (kind === 'nobodys') assert.equal(status, 404, what)
    if (kind === 'page' || kind === 'nobodys') assert.ok(!text.includes(who.name), what)
  }
  const ofKind = (kind: Visit['kind']) => visits.filter((visit) => visit.kind === kind)
  for (const { who, text } of ofKind('own').filter(({ path }) => path === '/session'))
    assert.equal(text.includes(who.name), known.includes(who), 'the page of a session knows its visitor')
  for (const { who, path, headers } of ofKind('redirect'))
    assert.equal(headers.location, path.includes('?') ? `/docs?name=${who.name}` : path.slice(0, -1))
  const hits = ofKind('page').filter(({ headers }) => headers['x-front-cache'] !== 'MISS')
  assert.ok(hits.length > ofKind('page').length / 2, 'most pages come from the cache')

  assertOnesOwn(
    people.map((who) => [who, who.cookies] as const),
    50 + 100,
  )
  const tokens = ofKind('own').map(
    ({ who, text }) => [who, [hiddenFields(text).csrf ?? ''].filter(Boolean)] as const,
  )
  assertOnesOwn(tokens, 100)
})

/** What was given to one person was given to no other. */
function assertOnesOwn(given: readonly (readonly [Person, readonly string[]])[], least: number): void {
  const owners = new Map<string, Person>()
  for (const [who, values] of given)
    for (const value of values) {
      assert.equal((owners.get(value) ?? who).name, who.name, 'one value for two people')
      owners.set(value, who)
    }
  assert.ok(owners.size >= least, `${owners.size} values`)
}
