import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileAll, faultsOf, stackOf, type Written } from './compiling.ts'

test('a secret is a file for those that name it, and its Swarm secret is the newest one', () => {
  const secrets = ['password', { name: 'tls_key', target: '/etc/key.pem', mode: '0400' }]
  const named = new Map([['password', 'shop-dev_password-0123456789ab']])
  const stack = stackOf({ web: { secrets }, db: {} }, { secrets: named })
  assert.deepEqual(stack.services['s-web']?.secrets, [
    { source: 'tls_key', target: '/etc/key.pem', mode: 0o400 },
    { source: 'password', target: 'password', mode: 0o444 },
  ])
  assert.equal(stack.services['s-db']?.secrets, undefined)
  assert.deepEqual(stack.secrets, {
    password: { external: true, name: 'shop-dev_password-0123456789ab' },
    tls_key: { external: true, name: 'shop-dev_tls_key' },
  })
})

const configured = { configs: { '/etc/app.conf': 'conf/app.conf' } }
const withContent = (content: string | Uint8Array, web: Written = configured) =>
  compileAll({ web }, { configs: new Map([['conf/app.conf', content]]) })

test('a config is named by its content: another content is another name, the same is none', () => {
  const { stack, configs } = withContent('a = 1\n')
  const name = stack.configs['s-web-etc-app.conf']?.name ?? ''
  assert.match(name, /^shop-dev_s-web-etc-app\.conf-[0-9a-f]{12}$/)
  assert.deepEqual(configs, [
    {
      name,
      content: 'a = 1\n',
      labels: { 'dogfood.app': 'shop-dev', 'dogfood.component': 's/web', 'dogfood.kind': 'config' },
    },
  ])
  assert.deepEqual(stack.services['s-web']?.configs, [
    { source: 's-web-etc-app.conf', target: '/etc/app.conf', mode: 0o444 },
  ])
  assert.equal(withContent(Buffer.from('a = 1\n')).configs[0]?.name, name)
  assert.notEqual(withContent('a = 2\n').configs[0]?.name, name)
})

test('two configs whose names look alike are two', () => {
  const web = { configs: { '/etc/a/b': 'conf/app.conf', '/etc/a-b': 'conf/app.conf' } }
  const { stack } = withContent('x', web)
  assert.equal(Object.keys(stack.configs).length, 2)
  assert.equal(new Set(stack.services['s-web']?.configs?.map(({ source }) => source)).size, 2)
})

test('a file that is not there, or larger than a Swarm keeps, is a fault', () => {
  assert.match(faultsOf({ web: configured })[0] ?? '', /"conf\/app\.conf" .* can not be read/)
  assert.match(
    withContent('x'.repeat(1_024_001)).faults[0]?.message ?? '',
    /is larger than the 1024000 bytes/,
  )
  assert.deepEqual(withContent('x'.repeat(1_024_000)).faults, [])
})
