import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { run } from '../../../kit/cli/run.ts'
import { inEnvironment } from '../../../kit/environment.ts'
import { readable } from '../../../kit/logs/line.ts'
import { readLogs } from '../../../kit/logs/read-logs.ts'
import { screen } from '../cli/screen.ts'
import { nodes, serviceNamed, tasks } from '../swarm/recorded.ts'
import { recordedSwarm } from '../swarm/recorded-swarm.ts'

const entry = join(import.meta.dirname, '../../../kit/swarm.mjs')
const ENDLESS = `'service logs'*) while date -u +%Y-%m-%dT%H:%M:%S.%NZ; do sleep 0.1; done ;;`
const HANGS = `'service logs'*) echo 2026-11-21T18:33:00Z line; exec sleep 60 ;;`

test('followed logs end when nobody reads them any more', (t) => {
  const { folder, env } = recordedSwarm(t, ENDLESS)
  const { status, stdout } = spawnSync('sh', ['-c', `${entry} logs webapp -f | head -n 1`], {
    cwd: folder,
    env: { ...env, HOME: folder },
    encoding: 'utf8',
    timeout: 30_000,
  })
  assert.deepEqual([status, stdout.split('\n').length], [0, 2])
})

test('a log that hangs is given up, keeps what it said, and is named as missing', async (t) => {
  const { env } = recordedSwarm(t, HANGS)
  const tasksToRead = readable([serviceNamed('site-webapp')], tasks, nodes)
  const { lines, missing } = await inEnvironment(env, () =>
    readLogs(tasksToRead, {}, AbortSignal.timeout(3000)),
  )
  assert.deepEqual(lines.map(({ instance, text }) => [instance, text]).sort(), [
    [1, 'line'],
    [2, 'line'],
    [3, 'line'],
  ])
  assert.equal(missing.length, 3)
})

test('a log that nobody knows for a moment is asked for again', async (t) => {
  const { env } = recordedSwarm(
    t,
    `'service logs'*) if mkdir "$(dirname "$0")/$5"; then exit 1; else echo 2026-11-21T18:33:00Z line; fi ;;`,
  )
  const { lines, missing } = await inEnvironment(env, () =>
    readLogs(readable([serviceNamed('site-webapp')], tasks, nodes), {}),
  )
  assert.deepEqual([lines.length, missing.length], [3, 0])
})

test('a number of lines that is none is refused', async (t) => {
  const { folder, env } = recordedSwarm(t)
  const { told, context } = screen({ directory: folder, env })
  assert.equal(await run(['logs', '--tail', 'all'], context), 2)
  assert.match(told.complained, /--tail takes a number of lines/)
})
