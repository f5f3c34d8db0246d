import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { type ProblemCode, problemStatus } from '../../../kit/api/problem.ts'
import { patiently } from '../../../kit/api-client/patiently.ts'
import { LaterFailure } from '../../../kit/api-client/problem-failure.ts'
import { run } from '../../../kit/cli/run.ts'
import { Failure } from '../../../kit/failure.ts'
import { screen } from '../cli/screen.ts'
import { runningApi, STACK, secretOf } from './running-api.ts'

const view = { history: [{ said: 'It is paused.' }] }

/** What `swarm --api … canary pause` tells where the API refuses so many requests of each path. */
async function pauseAt(t: TestContext, times: number, code: ProblemCode, seconds: number) {
  const asked = new Map<string, number>()
  const server = createServer(({ method, url }, answer) => {
    const before = asked.get(`${method} ${url}`) ?? 0
    asked.set(`${method} ${url}`, before + 1)
    if (before >= times) return void answer.end(JSON.stringify(view))
    answer.writeHead(problemStatus[code], { 'retry-after': String(seconds) })
    answer.end(JSON.stringify({ code, detail: 'Later.' }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close().closeAllConnections())
  const { folder } = await runningApi(t)
  const env = { PATH: '/nowhere', SWARM_ENV: 'dogfood/production', SWARM_API_TOKEN: secretOf('operate') }
  const { told, context } = screen({ directory: folder, env })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const exitCode = await run(['--api', url, 'canary', 'pause'], context)
  return { exitCode, told, asked: Object.fromEntries(asked) }
}

for (const code of ['busy', 'too many'] as const)
  test(`the command asks again where the API says ${code}, when it says`, async (t) => {
    const begun = performance.now()
    const { exitCode, told, asked } = await pauseAt(t, 1, code, 1)
    assert.deepEqual([exitCode, told.said, told.complained], [0, 'It is paused.\n', ''])
    assert.ok(performance.now() - begun >= 2000)
    const app = `/v1/apps/${STACK}`
    assert.deepEqual(asked, { [`POST ${app}/canary/pause`]: 2, [`GET ${app}/canary`]: 2 })
  })

test('nobody waits longer at a terminal than some seconds, nor for what is refused for good', async (t) => {
  for (const [code, seconds] of [
    ['busy', 60],
    ['refused', 1],
  ] as const) {
    const { exitCode, told, asked } = await pauseAt(t, 1, code, seconds)
    assert.deepEqual([exitCode, told.complained], [1, 'Later.\n'])
    assert.deepEqual(Object.values(asked), [1])
  }
  let times = 0
  const begun = performance.now()
  const later = async () => {
    times++
    throw new LaterFailure(new Failure('unreachable', 'Later.', ''), 100)
  }
  await assert.rejects(() => patiently(later, 450), /Later/)
  assert.ok(times >= 2 && times <= 5 && performance.now() - begun < 450, `${times}`)
})
