import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { newSecrets } from '../../kit/secrets/production-secrets.ts'
import { docker, startContainer } from '../lab/docker.ts'

const refused = [
  ...['flushall', 'flushdb', 'shutdown nosave', 'eval return 0', 'function list', 'script flush'],
  ...[
    'restore k 0 x',
    'module list',
    'acl setuser admin +flushall',
    'acl deluser health',
    'migrate h 1 k 0 1',
  ],
]
const allowed = [
  'info memory',
  'config set maxmemory 64mb',
  'acl log',
  'acl load',
  'slowlog get',
  'set k v',
  'del k',
]

test('operators may look, set what can be set and change each key, but not empty, stop or program a store', async (t) => {
  const secrets = newSecrets()
  const folder = mkdtempSync(join(tmpdir(), 'dogfood-admin-'))
  t.after(() => rmSync(folder, { recursive: true }))
  chmodSync(folder, 0o755)
  writeFileSync(join(folder, 'acl'), secrets.redisqueue_acl ?? '', { mode: 0o444 })
  const options = ['--volume', `${folder}/acl:/acl:ro`]
  const redis = await startContainer({ image: 'redis:8.10.1', options, args: ['--aclfile', '/acl'] })
  t.after(() => redis.remove())
  const as = ['--user', 'admin', '--pass', secrets.redis_admin ?? '', '--no-auth-warning']
  const told = (command: string) => docker('exec', redis.id, 'redis-cli', ...as, ...command.split(' '))
  for (const command of refused) assert.match(await told(command), /^NOPERM/, command)
  for (const command of allowed) assert.doesNotMatch(await told(command), /NOPERM|ERR/, command)
})
