import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { allRoutes } from '../../reference/routes.ts'

const read = (name: string) => readFileSync(new URL(`../../nginx/conf/${name}`, import.meta.url), 'utf8')
const matchers = [...read('private.conf').matchAll(/^location (=|\^~) (\S+) \{/gm)]

const isUncached = (path: string): boolean =>
  matchers.some(([, how, what = '']) => (how === '=' ? path === what : path.startsWith(what)))

const { plain: _, public: pages, ...others } = allRoutes()
const example = (path: string) => path.replace(/\*path$/, 'x/y').replace(/:\w+/g, '2')

test('nginx asks the app past its cache at each address that is not a public page', () => {
  const routes = Object.values(others).flat()
  assert.ok(routes.length > 20)
  for (const { path } of routes) assert.ok(isUncached(example(path)), `${path}: name it in private.conf`)
})

test('no public page is asked past the cache', () => {
  for (const { path } of pages) assert.ok(!isUncached(example(path)), path)
})

test('nothing is listed that the app does not have', () => {
  const paths = Object.values(others)
    .flat()
    .map(({ path }) => example(path))
  for (const [, how, what = ''] of matchers) {
    const isThere = how === '=' ? paths.includes(what) : paths.some((path) => path.startsWith(what))
    assert.ok(isThere, what)
  }
})

test('what is listed is never in a location with a cache', () => {
  for (const name of ['private.conf', 'queue.conf', 'uncached.conf', 'bypass.conf'])
    assert.doesNotMatch(read(name), /proxy_cache|pages\.conf"?;/, name)
  assert.match(read('queue.conf'), /^include conf\/uncached\.conf;$/m)
  assert.match(read('uncached.conf'), /^include conf\/bypass\.conf;$/m)
  assert.equal(
    matchers.length,
    [...read('private.conf').matchAll(/include conf\/(?:queue|uncached|bypass)\.conf;/g)].length,
  )
})
