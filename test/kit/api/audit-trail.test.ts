import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { AuditEntry } from '../../../kit/api/audit.ts'
import { auditConfigs } from '../../../kit/api/audit-configs.ts'
import { roles } from '../../../kit/api/tokens.ts'
import { writeState } from '../../../kit/canary/store.ts'
import type { Act } from '../../../kit/cli/verb.ts'
import { Failure } from '../../../kit/failure.ts'
import { canary } from '../control/parts.ts'
import { endedTask, type RunningApi, runningApi, STACK, secretOf } from './running-api.ts'

const app = `/v1/apps/${STACK}`

const entries = async ({ call }: RunningApi): Promise<AuditEntry[]> =>
  (await (await call('read', 'GET', `${app}/audit`)).json()) as AuditEntry[]

const locked: Act = async () => {
  throw new Failure('locked', 'ann deploys.', 'Wait until that has ended.')
}
const done: Act = async () => 0

const short = ({ who, command, outcome, detail }: AuditEntry) => [who, command, outcome, detail]

test('a long change is in the audit trail before it does anything, and with its outcome', async (t) => {
  const seen: AuditEntry[][] = []
  const update: Act = async () => {
    seen.push(await entries(running))
    return 0
  }
  const running = await runningApi(t, { acts: { update, rollback: locked } })
  const { call, written } = running
  const task = await endedTask(running, await call('deploy', 'POST', `${app}/update`, {}))
  assert.deepEqual(seen[0]?.map(short), [['deploy', 'swarm update', 'begun', undefined]])
  const refused = await endedTask(running, await call('deploy', 'POST', `${app}/rollback`, { release: 2 }))
  assert.deepEqual([refused.state, refused.problem?.code], ['failed', 'locked'])
  const all = await entries(running)
  assert.deepEqual(all.map(short), [
    ['deploy', 'swarm rollback 2', 'failed', 'ann deploys.'],
    ['deploy', 'swarm rollback 2', 'begun', undefined],
    ['deploy', 'swarm update', 'done', undefined],
    ['deploy', 'swarm update', 'begun', undefined],
  ])
  assert.equal(all.at(-1)?.task, task.id)
  assert.equal(all.at(-1)?.address, '127.0.0.1')
  const lines = written.filter(({ audit }) => audit === true)
  assert.deepEqual(
    lines.map(({ command, outcome }) => `${command} ${outcome}`),
    ['swarm update begun', 'swarm update done', 'swarm rollback 2 begun', 'swarm rollback 2 failed'],
  )
})

test('a change of the split is, whether it is made or refused', async (t) => {
  const running = await runningApi(t)
  const stepping = canary({ phase: { kind: 'stepping', index: 0, since: '2026-11-21T18:00:00.000Z' } })
  await running.inSwarm(() => writeState(STACK, 1, stepping, 'ada'))
  await running.call('operate', 'PUT', `${app}/split`, { percent: 10 })
  await running.call('operate', 'POST', `${app}/canary/pause`)
  const [paused, set, ...others] = (await entries(running)).map(short)
  assert.deepEqual(set, ['operate', 'swarm canary set 10%', 'done', undefined])
  assert.deepEqual(paused?.slice(0, 3), ['operate', 'swarm canary pause', 'failed'])
  assert.equal(others.length, 0)
})

test('an abort that somebody wanted is done, though the command ends with 1', async (t) => {
  const abort: Act = async () => {
    throw new Failure('rolled back', 'The canary was aborted: it is slow.', '')
  }
  const running = await runningApi(t, { acts: { 'canary abort': abort } })
  await running.inSwarm(() => writeState(STACK, 1, canary(), 'ada'))
  const task = await endedTask(running, await running.call('operate', 'POST', `${app}/canary/abort`))
  assert.equal(task.problem?.code, 'rolled back')
  assert.equal((await entries(running))[0]?.outcome, 'done')
})

test('who may do nothing cannot push out what others did: that is in the log alone', async (t) => {
  const running = await runningApi(t)
  await running.call('read', 'POST', `${app}/stop`, {})
  assert.deepEqual(await entries(running), [])
  assert.equal(running.written.at(-1)?.outcome, 'forbidden')
})

test('a request keeps the id of the proxy, and what it says of who asked; a strange id is replaced', async (t) => {
  const running = await runningApi(t, { acts: { start: done } })
  const start = (id: string) =>
    fetch(`${running.url}${app}/start`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${secretOf('operate')}`,
        'x-request-id': id,
        'x-forwarded-for': '203.0.113.9',
      },
    })
  const answer = await start('0123456789abcdef')
  await endedTask(running, answer)
  const [entry] = await entries(running)
  assert.deepEqual([entry?.request, entry?.forwarded], ['0123456789abcdef', '203.0.113.9'])
  const strange = await start('a "line"')
  assert.match(strange.headers.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/)
})

test('a change that is made for somebody has that name beside the token, if it is one', async (t) => {
  const running = await runningApi(t, { acts: { start: done } })
  const start = (behalf: string) =>
    fetch(`${running.url}${app}/start`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secretOf('operate')}`, 'x-on-behalf-of': behalf },
    })
  assert.equal((await endedTask(running, await start('ann'))).who, 'ann by operate (api)')
  assert.deepEqual((await entries(running))[0]?.behalf, 'ann')
  assert.equal((await endedTask(running, await start('an "ann"'))).who, 'operate (api)')
  assert.equal((await entries(running))[0]?.behalf, undefined)
})

test('an entry that the swarm cannot keep is in the log, and the change is made', async (t) => {
  const running = await runningApi(t, { acts: { start: done } })
  running.env.PATH = '/nowhere'
  const answer = await running.call('operate', 'POST', `${app}/start`, {})
  assert.equal((await endedTask(running, answer)).state, 'done')
  const messages = running.written.map(({ level, msg }) => `${level} ${msg}`)
  assert.ok(messages.includes('info swarm start: done'))
  assert.ok(messages.some((line) => /^error an entry of the audit trail is in the log alone/.test(line)))
})

test('so many entries are kept, the last ones', async (t) => {
  const running = await runningApi(t)
  const store = auditConfigs(STACK, 3)
  const entry = {
    when: '',
    who: 'a',
    role: 'read',
    address: '',
    request: '',
    operation: '',
    outcome: 'done',
  } as const
  await running.inSwarm(async () => {
    for (let number = 0; number < 5; number++) await store.keep({ ...entry, command: String(number) })
    const kept = (await store.read()).map(({ command }) => command)
    assert.deepEqual([kept.length, kept[0], kept.at(-1)], [3, '4', '2'])
  })
})

test('no token is in an answer, in the log or in the swarm', async (t) => {
  const running = await runningApi(t, { acts: { start: done, stop: locked } })
  const { call, written, folder, asked } = running
  const said: string[] = []
  for (const role of roles) {
    for (const path of [app, `${app}/audit`, `${app}/tasks`, '/nothing'])
      said.push(await (await call(role, 'GET', path)).text())
    for (const verb of ['start', 'stop', 'update']) {
      const answer = await call(role, 'POST', `${app}/${verb}`, { components: ['webapp'] })
      said.push(await answer.clone().text())
      if (answer.status === 202) said.push(JSON.stringify(await endedTask(running, answer)))
    }
  }
  const configs = join(folder, 'configs')
  const kept = readdirSync(configs).map((file) => readFileSync(join(configs, file), 'utf8'))
  const contents = kept.map((text) =>
    Buffer.from(/"Data":"([^"]*)"/.exec(text)?.[1] ?? '', 'base64').toString(),
  )
  assert.ok(contents.length >= 8)
  const everything = [...said, JSON.stringify(written), ...kept, ...contents, ...asked()].join('\n')
  assert.doesNotMatch(everything, /secret-of-/)
})
