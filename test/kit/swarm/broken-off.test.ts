import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { run } from '../../../kit/cli/run.ts'
import { removeApp } from '../../../kit/deploy/remove-app.ts'
import { readSnapshot } from '../../../kit/deploy/watch/snapshot.ts'
import { observe } from '../../../kit/doctor/observe.ts'
import { inEnvironment } from '../../../kit/environment.ts'
import { Interrupted, interruptible } from '../../../kit/interruption.ts'
import { readObject } from '../../../kit/swarm/objects.ts'
import { until } from '../../until.ts'
import { screen } from '../cli/screen.ts'
import { recordedSwarm } from './recorded-swarm.ts'

type Work = (folder: string, env: NodeJS.ProcessEnv, interruption: AbortSignal) => Promise<unknown>

const patient = { stack: 'dogfood-production', images: [], ports: [], pull: false, now: new Date() }
const exec: Work = (folder, env, interruption) =>
  run(['exec', 'webapp'], screen({ directory: folder, env, interruption }).context)

const questions: readonly (readonly [asked: string, by: string, Work])[] = [
  ['stack ps', 'a wait', () => readSnapshot('dogfood-production')],
  ['config inspect', 'a check of the lock', () => readObject('config', 'dogfood-production_lock')],
  ['info --format {{.Swarm.NodeID}}', 'exec', exec],
  ['version --format', 'doctor', () => observe(patient)],
  ['info --format {{json .Swarm.Cluster}}', 'doctor', () => observe(patient)],
  ['node ps', 'delete', () => removeApp('dogfood-production', 10)],
  ['network ls', 'delete', () => removeApp('dogfood-production', 10)],
]

// Notes its end, as Docker's program cannot.
const SILENT = `echo > "$(dirname "$0")/asking"
  trap 'echo > "$(dirname "$0")/broken-off"; exit 1' TERM
  sleep 8 & wait`

for (const [asked, by, work] of questions) {
  test(`an interruption breaks off "${asked}", which ${by} asks of a swarm that is silent`, async (t) => {
    const stopping = new AbortController()
    const { folder, env } = recordedSwarm(t, `'${asked}'*) ${SILENT} ;; 'node ps'*) ;; 'service rm'*) ;;`)
    const working = inEnvironment(env, () =>
      interruptible(stopping.signal, () => work(folder, env, stopping.signal)),
    )
    const ended = working.catch(() => undefined)
    await until(async () => existsSync(join(folder, 'asking')), 'the question', 20)
    stopping.abort(new Interrupted('SIGINT'))
    await until(async () => existsSync(join(folder, 'broken-off')), 'the end of the question', 5)
    await ended
  })
}
