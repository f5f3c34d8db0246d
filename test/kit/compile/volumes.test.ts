import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serviceOf, stackOf, type Written, warningsOf } from './compiling.ts'

const labels = { 'dogfood.app': 'shop-dev', 'dogfood.component': 's/db' }
const volumesOf = (db: Written) => stackOf({ db }).volumes

test('a volume is named by its component and its path', () => {
  assert.deepEqual(volumesOf({ volumes: ['/var/lib/mysql', '/'] }), {
    's-db-root': { labels },
    's-db-var-lib-mysql': { labels },
  })
  assert.deepEqual(serviceOf('s-db', { db: { volumes: ['/var/lib/mysql'] } }).volumes, [
    { type: 'volume', source: 's-db-var-lib-mysql', target: '/var/lib/mysql' },
  ])
})

test('paths that look alike have volumes of their own', () => {
  const names = Object.keys(volumesOf({ volumes: ['/data/a', '/data-a', '/b'] }))
  assert.equal(names.length, 3)
  assert.ok(names.includes('s-db-b'))
  assert.deepEqual(
    serviceOf('s-db', { db: { volumes: ['/data/a', '/data-a'] } }).volumes?.map(({ target }) => target),
    ['/data-a', '/data/a'],
  )
})

test('a component sees the volumes of its pod that it borrows', () => {
  const components = {
    db: { pod: 'p', volumes: [{ path: '/data', size: '5 GB' }] },
    backup: { pod: 'p', volumes: [{ 'volume-from': 'db', 'volume-path': '/data', path: '/from' }] },
  }
  assert.deepEqual(serviceOf('s-backup', components).volumes, [
    { type: 'volume', source: 's-db-data', target: '/from' },
  ])
  assert.equal(serviceOf('s-backup', components).deploy.update_config?.order, 'stop-first')
})

const scaled = { scaling_policy: { max: 3 } }

test('no two instances write to one folder, and the first has that of the time before it was scaled', () => {
  assert.deepEqual(volumesOf({ ...scaled, volumes: ['/data'] }), {
    's-db-data': { name: 'shop-dev_s-db-data{{if ne .Task.Slot "1"}}-{{.Task.Slot}}{{end}}', labels },
  })
  for (const placement of ['one-per-machine', 'global'])
    assert.deepEqual(
      volumesOf({ ...(placement === 'global' ? {} : scaled), volumes: ['/data'], placement }),
      {
        's-db-data': { labels },
      },
    )
})

test('a shared volume is one for all, and where nothing shares it between machines a warning says so', () => {
  const db = { ...scaled, volumes: [{ path: '/data', shared: true }] }
  assert.deepEqual(volumesOf(db), { 's-db-data': { labels } })
  assert.match(warningsOf({ db })[0] ?? '', /create it on each with a driver that shares it/)
  assert.deepEqual(warningsOf({ db: { volumes: [{ path: '/data', shared: true }] } }), [])
})
