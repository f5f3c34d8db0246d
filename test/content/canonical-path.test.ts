import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonicalPath } from '../../app/content/canonical-path.ts'

const ways: readonly [written: string, canonical: string | undefined][] = [
  ['/', '/'],
  ['//', '/'],
  ['/docs/next', '/docs/next'],
  ['/docs/next/', '/docs/next'],
  ['//docs///next//', '/docs/next'],
  ['/\\example.org', '/example.org'],
  ['/docs/next.html', '/docs/next'],
  ['/docs/next.htm/', '/docs/next'],
  ['/docs/NEXT.MD', '/docs/NEXT'],
  ['/index', '/'],
  ['/index.html', '/'],
  ['/docs/index/', '/docs'],
  ['/docs/README.md', '/docs'],
  ['/docs/indexes', '/docs/indexes'],
  ['/docs/v1.2', '/docs/v1.2'],
  ['/%64ocs', '/docs'],
  ['/caf%c3%a9', '/caf%C3%A9'],
  ['/a b', '/a%20b'],
  ['/a%2fb', '/a%252fb'],
  ['/%E0%A4%A', undefined],
]

for (const [written, canonical] of ways) {
  test(`the one path for ${written} is ${canonical ?? 'none'}`, () => {
    assert.equal(canonicalPath(written), canonical)
  })
}
