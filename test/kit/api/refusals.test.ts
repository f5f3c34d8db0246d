import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from 'node:test'
import { routes } from '../../../kit/api/routes.ts'
import { CommandError } from '../../../kit/command-error.ts'
import { Failure } from '../../../kit/failure.ts'
import { runningApi, STACK, secretOf } from './running-api.ts'

const app = `/v1/apps/${STACK}`

interface Problem {
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly request: string
  readonly lines?: readonly string[]
}

async function problemIn(answer: Response): Promise<Problem> {
  assert.equal(answer.headers.get('content-type'), 'application/problem+json')
  const problem = (await answer.json()) as Problem
  assert.equal(problem.status, answer.status)
  assert.equal(problem.request, answer.headers.get('x-request-id'))
  return problem
}

const codeOf = async (answer: Response): Promise<string> => (await problemIn(answer)).code

test('nobody gets anything without a token, or with a wrong one', async (t) => {
  const { url, performed } = await runningApi(t)
  for (const authorization of [
    '',
    'Bearer',
    'Bearer wrong',
    `Basic ${secretOf('read')}`,
    `Bearer ${secretOf('read')}x`,
  ])
    for (const path of ['/v1/apps', app, '/nothing']) {
      const answer = await fetch(url + path, { headers: { authorization } })
      assert.equal(answer.headers.get('www-authenticate'), 'Bearer')
      assert.equal(await codeOf(answer), 'no token')
    }
  assert.equal(performed.length, 0)
})

test('a role may do what it is for and no more, and what it tried is in the log', async (t) => {
  const { call, performed, written } = await runningApi(t)
  for (const { operation, method, path, role } of routes) {
    const lower = { read: [], operate: ['read'], deploy: ['read', 'operate'] }[role]
    for (const other of lower) {
      const answer = await call(
        other,
        method,
        path.replace('{app}', STACK),
        method === 'GET' ? undefined : {},
      )
      assert.equal(await codeOf(answer), 'wrong role', `${other} ${operation}`)
      const { audit, who, outcome } = written.at(-1) ?? {}
      assert.deepEqual([audit, who, outcome], [true, other, 'forbidden'])
    }
  }
  assert.equal(performed.length, 0)
})

test('another app, another path and another method are told apart', async (t) => {
  const { call } = await runningApi(t)
  assert.equal(await codeOf(await call('deploy', 'GET', '/v1/apps/other')), 'not found')
  assert.equal(await codeOf(await call('deploy', 'POST', '/v1/apps/other/stop', {})), 'not found')
  assert.equal(await codeOf(await call('deploy', 'GET', `${app}/secrets`)), 'no such path')
  assert.equal(await codeOf(await call('deploy', 'GET', '/v1/apps/%ff')), 'no such path')
  const wrong = await call('deploy', 'POST', app, {})
  assert.equal(wrong.headers.get('allow'), 'GET')
  assert.equal(await codeOf(wrong), 'wrong method')
  assert.equal(await codeOf(await call('read', 'GET', `${app}/tasks/none`)), 'not found')
})

test('a body that is too large, no JSON, or of another type is refused', async (t) => {
  const { url, call, performed } = await runningApi(t)
  const post = (body: BodyInit, type: string) =>
    fetch(`${url}${app}/stop`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secretOf('operate')}`, 'content-type': type },
      body,
      duplex: 'half',
    } as RequestInit)
  const large = JSON.stringify({ components: Array(5000).fill('webapp') })
  assert.equal(await codeOf(await post(large, 'application/json')), 'too large')
  const stream = new Blob([large]).stream()
  assert.equal(await codeOf(await post(stream, 'application/json')), 'too large')
  assert.equal(await codeOf(await post('{', 'application/json')), 'not JSON')
  assert.equal(await codeOf(await post('{}', 'text/plain')), 'wrong type')
  for (const [path, body, place] of [
    ['/stop', [], /^body: /],
    ['/stop', { component: 'webapp' }, /^body: /],
    ['/stop', { components: ['--force'] }, /^components\.0: /],
    ['/stop', { timeout: 0 }, /^timeout: /],
    ['/scale', { instances: 3 }, /needs a component/],
    ['/scale', {}, /needs "instances" or "direction"/],
    ['/update', { components: [{ component: 'webapp', tag: 'a b' }] }, /^components\.0\.tag: /],
    ['/rollback', { release: 1.5 }, /^release: /],
    ['/canary', { component: 'webapp' }, /^tag: /],
  ] as const) {
    const { code, lines = [] } = await problemIn(await call('deploy', 'POST', app + path, body))
    assert.equal(code, 'usage')
    assert.match(lines.join(), place)
  }
  for (const percent of [-1, 101, '10', null])
    assert.equal(await codeOf(await call('deploy', 'PUT', `${app}/split`, { percent })), 'usage')
  assert.equal(performed.length, 0)
})

test('who asks too often waits, by their token, and strangers by their address', async (t) => {
  const { url, call } = await runningApi(t, {
    rates: { token: { burst: 3, perSecond: 0.1 }, stranger: { burst: 2, perSecond: 0.1 } },
  })
  const statuses = async (ask: () => Promise<Response>) => {
    const answers = [await ask(), await ask(), await ask(), await ask()]
    return answers.map(({ status, headers }) => `${status} ${headers.get('retry-after')}`)
  }
  assert.deepEqual(await statuses(() => fetch(`${url}/v1/apps`)), [
    '401 null',
    '401 null',
    '429 10',
    '429 10',
  ])
  const read = await statuses(() => call('read', 'GET', '/v1/apps'))
  assert.deepEqual(read, ['200 null', '200 null', '200 null', '429 10'])
  assert.equal((await call('deploy', 'GET', '/v1/apps')).status, 200, 'another token has its own')
})

test('what the command refuses is a problem with what to do, and a fault here tells nothing', async (t) => {
  const thrown: Record<string, Error> = {
    refused: new Failure('refused', 'Nothing was changed.', 'Wait.', ['a line']),
    engine: new CommandError('docker', ['node', 'ls'], 'exit 1', ['no leader']),
    failed: new TypeError('the secret of the house'),
  }
  let next = ''
  const status = async () => Promise.reject(thrown[next])
  const { call, written } = await runningApi(t, { acts: { status } })
  for (const [code, number] of [
    ['refused', 409],
    ['engine', 502],
    ['failed', 500],
  ] as const) {
    next = code
    const problem = await problemIn(await call('read', 'GET', app))
    assert.deepEqual([problem.code, problem.status], [code, number])
    assert.doesNotMatch(JSON.stringify(problem), /secret|\.ts:/)
    if (number === 500) assert.match(JSON.stringify(written.at(-1)), new RegExp(problem.request))
  }
})

test('a log that is followed ends when the client goes, and only two are read at once', async (t) => {
  const docker = "'service logs'*) echo 2026-11-21T18:32:47.263Z listening; exec sleep 60 ;;"
  const { call, url, api } = await runningApi(t, { docker })
  const path = `${app}/logs?component=webapp&follow=1`
  const stop = new AbortController()
  const headers = { authorization: `Bearer ${secretOf('read')}` }
  const open = () => fetch(url + path, { headers, signal: stop.signal })
  const answers = [await open(), await open()]
  const third = await call('read', 'GET', path)
  assert.equal(third.headers.get('retry-after'), '5')
  assert.equal(await codeOf(third), 'busy')
  stop.abort()
  const isFree = () =>
    api.streams
      .take(async () => {})
      .then(
        () => true,
        () => false,
      )
  for (let turn = 0; !(await isFree()); turn++) {
    assert.ok(turn < 100)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  // Held until here: an answer that nobody holds is broken off when its memory is freed.
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200],
  )
})

test('a request that is no HTTP, or has a head without end, is broken off', async (t) => {
  const { url } = await runningApi(t)
  const socket = connect(Number(new URL(url).port), '127.0.0.1', () =>
    socket.write(`GET / HTTP/1.1\r\nX: ${'a'.repeat(20_000)}\r\n`),
  )
  const [answer] = (await once(socket.setEncoding('utf8'), 'data')) as [string]
  assert.match(answer, /^HTTP\/1\.1 431 /)
})
