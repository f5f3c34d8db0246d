import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { run } from '../../../kit/cli/run.ts'
import { screen } from '../cli/screen.ts'
import { recordedSwarm } from '../swarm/recorded-swarm.ts'

const STACK = 'dogfood-production'

// Of two secrets and two networks that no service uses, a task that still ends holds one each.
const ENDING = `
  'service ls'*) ;; 'config create'*) echo lock ;; 'config rm'*) echo "$3" ;; 'config ls'*) ;;
  'secret ls'*) echo s1; echo s2; echo s3 ;; 'secret inspect'*) cat "$(dirname "$0")/secrets" ;;
  'secret rm'*) echo s1; echo "Error: secret 'b' is in use by the following service: web" >&2; exit 1 ;;
  'network ls'*) echo n1; echo n2 ;; 'network inspect'*) cat "$(dirname "$0")/networks" ;;
  'network rm n1') echo n1 ;; 'network rm n2') echo 'network n2 has active endpoints' >&2; exit 1 ;;`

function withNeedless(t: TestContext) {
  const { folder, env, asked } = recordedSwarm(t, ENDING)
  const Labels = { 'dogfood.app': STACK, 'dogfood.kind': 'secret', 'dogfood.secret': 'url' }
  const secrets = ['1', '2', '3'].map((n) => ({
    ID: `s${n}`,
    CreatedAt: `2026-11-0${n}`,
    Spec: { Name: `url-${n}`, Labels },
  }))
  const networks = ['1', '2'].map((n) => ({ Id: `n${n}`, Name: `net-${n}`, Labels }))
  writeFileSync(join(folder, 'secrets'), JSON.stringify(secrets))
  writeFileSync(join(folder, 'networks'), JSON.stringify(networks))
  return async (...args: string[]) => {
    const { told, context } = screen({ directory: folder, env })
    const code = await run(['prune', '--no-images', ...args], context)
    return { code, asked: asked(), ...told }
  }
}

test('what the swarm still holds is not told as removed', async (t) => {
  const prune = withNeedless(t)
  const { code, said, asked } = await prune('--json')
  assert.ok(asked.includes('secret rm s1 s2'))
  assert.deepEqual(JSON.parse(said), {
    verb: 'prune',
    exitCode: 0,
    removed: { secrets: ['url-1'], configs: [], networks: ['net-1'] },
  })
  assert.deepEqual(
    [code, (await prune()).said],
    [0, 'secrets: removed url-1\nconfigs: removed nothing\nnetworks: removed net-1\n'],
  )
})

test('a dry run removes nothing, and says so', async (t) => {
  const printed = JSON.parse((await withNeedless(t)('--dry-run', '--json')).said)
  assert.equal(printed.removed, undefined)
  assert.ok(printed.commands.includes('docker secret rm s1 s2'))
})
