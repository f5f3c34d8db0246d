import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { RateLimit } from '../../../kit/api/rate-limit.ts'
import { paramsIn } from '../../../kit/api/route.ts'
import { runApi } from '../../../kit/api/run-api.ts'
import { Tasks } from '../../../kit/api/tasks.ts'
import { may, readTokens, tokenIn } from '../../../kit/api/tokens.ts'
import { Gone, Turns } from '../../../kit/api/turns.ts'
import { Failure } from '../../../kit/failure.ts'
import { screen } from '../cli/screen.ts'

const hash = (text: string): string => createHash('sha256').update(text).digest('hex')

test('tokens are read by line, and found by what they are', () => {
  const tokens = readTokens(`# people\nann deploy ${hash('a')}\n\n  ci operate  ${hash('b')}\n`)
  assert.deepEqual(
    tokens.map(({ name, role }) => `${name} ${role}`),
    ['ann deploy', 'ci operate'],
  )
  assert.equal(tokenIn('Bearer b', tokens)?.name, 'ci')
  assert.equal(tokenIn('bearer a', tokens)?.name, 'ann')
  for (const other of [undefined, '', 'Bearer ', 'Bearer c', `Bearer ${hash('a')}`, 'Basic a', 'Bearer a b'])
    assert.equal(tokenIn(other, tokens), undefined)
  assert.equal(tokenIn('Bearer a', []), undefined)
})

test('a file of tokens that cannot be read names the line, and nothing that is in it', () => {
  for (const line of [
    `ann admin ${hash('a')}`,
    'ann read secret',
    `read ${hash('a')}`,
    `ann read ${hash('a')} x`,
  ])
    assert.throws(
      () => readTokens(`bob read ${hash('b')}\n${line}`),
      (error) =>
        error instanceof Failure && /^Line 2 of/.test(error.message) && !/secret/.test(error.message),
      line,
    )
  assert.throws(() => readTokens(`a read ${hash('a')}\na deploy ${hash('b')}`), /a twice/)
})

test('a role may what those before it may', () => {
  assert.deepEqual(
    [may('read', 'operate'), may('operate', 'read'), may('deploy', 'operate'), may('operate', 'deploy')],
    [false, true, true, false],
  )
})

test('a rate is so many at once, and so many a second', () => {
  let now = 0
  const limit = new RateLimit({ burst: 2, perSecond: 0.5 }, () => now)
  assert.deepEqual([limit.take('a'), limit.take('a'), limit.take('a'), limit.take('b')], [0, 0, 2, 0])
  now = 2000
  assert.deepEqual([limit.take('a'), limit.take('a')], [0, 2])
  now = 1_000_000
  assert.deepEqual([limit.take('a'), limit.take('a'), limit.take('a')], [0, 0, 2])
})

test('a segment in braces stands for one segment', () => {
  assert.deepEqual(paramsIn('/v1/apps/{app}', '/v1/apps/x'), { app: 'x' })
  for (const path of ['/v1/apps', '/v1/apps/', '/v1/apps/x/', '/v1/app/x'])
    assert.equal(paramsIn('/v1/apps/{app}', path), undefined, path)
})

test('so many work at once, so many wait, and more are told to come again', async () => {
  const turns = new Turns(1, 1)
  const order: string[] = []
  let end = () => {}
  const first = turns.take(async () => {
    await new Promise<void>((resolve) => {
      end = resolve
    })
    order.push('first')
  })
  const second = turns.take(async () => void order.push('second'))
  await assert.rejects(() => turns.take(async () => {}), /at once/)
  end()
  await Promise.all([first, second])
  await turns.take(async () => void order.push('third'))
  assert.deepEqual(order, ['first', 'second', 'third'])
})

test('who goes away gives up the place of what has not begun, and nothing else', async () => {
  const turns = new Turns(1, 1)
  const { promise, resolve } = Promise.withResolvers<string>()
  const [begun, waiting] = [new AbortController(), new AbortController()]
  const first = turns.take(() => promise, begun.signal)
  const second = turns.take(() => assert.fail('nobody waits for it'), waiting.signal)
  await assert.rejects(() => turns.take(async () => {}), /at once/)
  waiting.abort()
  await assert.rejects(second, Gone)
  const third = turns.take(async () => 'third')
  begun.abort()
  resolve('first')
  assert.deepEqual(await Promise.all([first, third]), ['first', 'third'])
  await assert.rejects(() => turns.take(() => assert.fail('nobody waits for it'), waiting.signal), Gone)
  assert.equal(await turns.take(async () => 'free'), 'free')
})

test('a task keeps its last lines, with their numbers', async () => {
  const tasks = new Tasks(() => new Date(0))
  const { id } = tasks.begin({
    ...{ command: '', who: '', request: '' },
    run: async ({ say, complain }) => {
      for (let line = 0; line < 1200; line++) say(`${line}\n`)
      complain('two\nlines\n')
    },
    begun: async () => {},
    over: async () => {},
  })
  await tasks.idle()
  const all = tasks.find(id, 0)
  assert.deepEqual([all?.lines.length, all?.lines[0]?.text, all?.next], [1000, '202', 1202])
  assert.deepEqual(tasks.find(id, 1201)?.lines, [{ to: 'errors', text: 'lines' }])
  assert.deepEqual(tasks.find(id, 9999)?.lines, [])
})

test('only so many tasks are under way, and so many are remembered', async () => {
  const tasks = new Tasks(() => new Date(0))
  const begin = (run: () => Promise<void>) =>
    tasks.begin({ command: '', who: '', request: '', run, begun: async () => {}, over: async () => {} })
  let end = () => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  for (let number = 0; number < 10; number++) begin(() => ended)
  assert.throws(() => begin(() => ended), /at once/)
  end()
  await tasks.idle()
  for (let number = 0; number < 60; number++) {
    begin(async () => {})
    await tasks.idle()
  }
  assert.equal(tasks.list().length, 50)
})

test('without tokens, or with some that cannot be read, the API is off and says so once', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'tokens-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'tokens')
  const said: string[] = []
  const begin = (env: NodeJS.ProcessEnv) =>
    runApi(
      { stack: 'app', environment: 'org/env' },
      screen({ env }).context,
      (line) => void said.push((line as { msg: string }).msg),
      { waitsFor: () => '' },
      0,
    )
  assert.equal(await begin({}), undefined)
  assert.equal(await begin({ CONTROL_TOKENS_FILE: file }), undefined)
  writeFileSync(file, 'ann read secret')
  assert.equal(await begin({ CONTROL_TOKENS_FILE: file }), undefined)
  writeFileSync(file, `ann read ${hash('a')}`)
  const running = await begin({ CONTROL_TOKENS_FILE: file })
  await running?.close()
  assert.deepEqual(said.length, 4)
  assert.match(
    said.join('\n'),
    /^the API is off: C.*\nthe API is off: ENOENT.*\nthe API is off: Line 1 .*\nthe API listens/,
  )
})
