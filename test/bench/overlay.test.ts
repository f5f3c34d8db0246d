import assert from 'node:assert/strict'
import { test } from 'node:test'
import { overlaid } from '../../bench/front/overlay.ts'

test('only the named places of a configuration change', () => {
  assert.equal(
    overlaid('proxy_cache pages;\nkeep;\n', [[/^proxy_cache pages;$/m, 'proxy_cache off;']]),
    'proxy_cache off;\nkeep;\n',
  )
})

test('a place that is not there is no silence', () => {
  assert.throws(() => overlaid('keep;', [[/proxy_cache/, 'proxy_cache off;']]), /proxy_cache/)
})
