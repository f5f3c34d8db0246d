import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { printStack } from '../../../kit/compile/print.ts'
import { readStack } from '../../../kit/compile/read-stack.ts'
import { orElseBack } from '../../../kit/deploy/bring-back.ts'
import type { Run } from '../../../kit/deploy/run.ts'
import type { State } from '../../../kit/deploy/state.ts'
import { inEnvironment } from '../../../kit/environment.ts'
import { Failure } from '../../../kit/failure.ts'
import { screen } from '../cli/screen.ts'
import { recordedSwarm } from '../swarm/recorded-swarm.ts'
import { recorded } from './recorded.ts'
import { service, stackOf } from './stacks.ts'

const [web] = recorded('first').services
assert.ok(web)
const INSPECTED = { ID: web.id, CreatedAt: '', UpdatedAt: '' }
const WITHOUT = { ...web.spec, Mode: { Replicated: { Replicas: 0 } } }
const REFUSES = `'stack deploy'* | 'network ls'*) echo refused >&2; exit 1 ;; 'service ls'*) ;;`
const DEPLOYS = `'stack deploy'*) cat > "$(dirname "$0")/deployed" ;;
  'service inspect'*) cat "$(dirname "$0")/services" ;;`

const release = {
  ...{ id: '', number: 3, who: '', when: '', reason: '', environment: '' },
  ...{ stack: printStack(stackOf({ web: service('site/web', {}, 2) })), images: [] },
  ...{ secrets: [], configs: [], specs: {} },
}
const nothing: State = { services: [], tasks: [], nodes: [], configs: [], releases: [] }
const stopped: State = { ...nothing, services: [{ ...web, replicas: 0 }], releases: [release] }

/** How a failed change of what was there before ends. */
async function failing(t: TestContext, before: State, answers: string) {
  const { folder, env } = recordedSwarm(t, `${answers} 'stack ps'* | 'node ls'*) ;;`)
  writeFileSync(join(folder, 'services'), JSON.stringify([{ ...INSPECTED, Spec: WITHOUT }]))
  const { context } = screen()
  const run = { stack: 'rec', seconds: 20, context, held: { check: async () => {} } } as unknown as Run
  const fail = async () => {
    throw new Failure('stuck', 'It is stuck.', 'Mend that.')
  }
  const failed = await inEnvironment(env, () => orElseBack(run, before, fail)).catch(
    (error: Failure) => error,
  )
  return { ...failed, folder }
}

test('whoever cannot bring the app back is told how to do it: by the release that ran, not the one before', async (t) => {
  const { todo } = await failing(t, stopped, REFUSES)
  assert.match(
    todo,
    /^Bringing back release 3 failed, too \(.*\) `swarm rollback 3` tries again\. Mend that\.$/,
  )
  const first = await failing(t, nothing, REFUSES)
  assert.match(first.todo, /^Removing what was begun failed, too \(.*\) `swarm delete` tries again\./)
})

test('what was stopped before a change that failed stays so', async (t) => {
  const { todo, folder } = await failing(t, stopped, DEPLOYS)
  assert.equal(todo, 'Release 3 runs, as before. Mend that.')
  const { services } = readStack(readFileSync(join(folder, 'deployed'), 'utf8'))
  assert.equal(services.web?.deploy.replicas, 0)
})
