import assert from 'node:assert/strict'
import { test } from 'node:test'
import { consoleHandlersBy } from '../app/console/console-side.ts'
import { urls } from '../app/pages/site.ts'
import { routes } from '../app/routes.ts'
import { handlersBy } from '../app/signup-side.ts'

const nothing = () => {}

test('every address of the application is reserved, so that no content file can take it', () => {
  const table = routes({
    health: { alive: nothing, ready: nothing },
    live: nothing,
    search: { page: async () => {}, json: async () => {} },
    visitor: { show: nothing, introduce: nothing, forget: nothing },
    signup: handlersBy(() => nothing),
    console: consoleHandlersBy(() => nothing),
  })
  const paths = Object.values(table)
    .flat()
    .map(({ path }) => path)
  const own = paths
    .filter((path) => path !== '/' && path !== '/*path')
    .map((path) => path.replace(/:.*/, 'x'))
  assert.ok(own.length >= 8)
  for (const path of own) {
    const reserved = urls.reservedUrls.some((url) =>
      url.endsWith('*') ? path.startsWith(url.slice(0, -1)) : path === url,
    )
    assert.ok(reserved, path)
  }
})
