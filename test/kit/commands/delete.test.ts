import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { readStates, refuseDuringCanary, writeState } from '../../../kit/canary/store.ts'
import { Asked } from '../../../kit/cli/asked.ts'
import { deleteVerb } from '../../../kit/commands/delete.ts'
import { runningApi, STACK } from '../api/running-api.ts'
import { screen } from '../cli/screen.ts'
import { canary } from '../control/parts.ts'

/** Control writes a state just before its own service is removed. */
const WRITTEN_LATE = `'service rm'*) mv "$(dirname "$0")"/late/* "$(dirname "$0")/configs" ;;
  'network rm'*|'network ls'*|'node ps'*) ;;`

test('no state of a canary is left, not even one that control writes meanwhile', async (t) => {
  const { folder, env, inSwarm } = await runningApi(t, { docker: WRITTEN_LATE })
  const stepping = canary({ phase: { kind: 'stepping', index: 0, since: '2026-11-21T18:00:00.000Z' } })
  const caller = { stack: STACK, environment: 'dogfood/production', who: 'ann' }
  const configs = join(folder, 'configs')
  await inSwarm(async () => {
    await writeState(STACK, 3, stepping, 'control')
    mkdirSync(join(folder, 'late'))
    for (const id of readdirSync(configs)) renameSync(join(configs, id), join(folder, 'late', id))
    await writeState(STACK, 2, stepping, 'control')
    assert.equal(await deleteVerb(new Asked([], { yes: true }), { ...screen({ env }).context, caller }), 0)
    assert.deepEqual(readdirSync(join(folder, 'late')), [])
    assert.deepEqual(await readStates(STACK), [])
    await refuseDuringCanary(STACK)
  })
})
