import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { load } from 'js-yaml'
import { run } from '../../../kit/cli/run.ts'
import { described } from '../../standins/openapi.ts'
import { screen } from '../cli/screen.ts'
import { type RunningApi, runningApi, STACK, secretOf } from './running-api.ts'

const text = readFileSync(join(import.meta.dirname, '../../../docs/control-api.yaml'), 'utf8')
const description = described(load(text))
const app = `/v1/apps/${STACK}`

/** Each task has so many lines of a kilobyte, or fewer where fewer are asked for. */
const tasksWith = (count: number): string =>
  `'service logs'*) awk -v tail="\${*#*--tail }" 'BEGIN { count = tail + 0 < ${count} ? tail + 0 : ${count}
    for (n = 1; n <= count; n++) printf "2026-11-21T18:32:%02d.%03dZ %01000d\\n", n / 10, n, n }' ;;`

async function linesOf({ call }: RunningApi, query: string) {
  const answer = await call('read', 'GET', `${app}/logs?${query}`)
  const body = await answer.text()
  const lines = body
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { notice?: string; instance?: number; time?: string })
  for (const line of [...lines.slice(0, 10), ...lines.slice(-10)])
    assert.deepEqual(description.faultsOf('readLogs', 200, 'application/x-ndjson', line), [])
  return { bytes: Buffer.byteLength(body), lines, notices: lines.flatMap(({ notice }) => notice ?? []) }
}

test('all lines of all tasks are no more than fits into control', async (t) => {
  const running = await runningApi(t, { docker: tasksWith(300) })
  const { bytes, lines, notices } = await linesOf(running, 'tail=300')
  assert.ok(bytes > 1.9e6 && bytes < 2.1e6, `${bytes}`)
  assert.match(
    notices.join('\n'),
    /^Left out: what was written until 2026-11-21T18:\S+, as .* more than 2 MB\./,
  )
  const times = lines.flatMap(({ time }) => time ?? [])
  assert.deepEqual(times, times.toSorted())
  const { notices: none } = await linesOf(running, 'tail=300&component=slow')
  assert.deepEqual(none, [])
})

test('since without tail reads as much as may be, and says where that was not enough', async (t) => {
  const running = await runningApi(t, { docker: tasksWith(400) })
  const { lines, notices } = await linesOf(running, 'component=slow&since=2h')
  assert.ok(lines.length > 300)
  assert.match(
    notices.join('\n'),
    /^Perhaps left out: what site\/slow\.1\b.* wrote before the last 300 lines;/,
  )
  assert.ok(running.asked().some((line) => / --tail 300 --since 2026-11-21T16:33:05\.000Z /.test(line)))
  for (const query of ['component=slow&since=2h&tail=300', 'component=slow'])
    assert.deepEqual((await linesOf(running, query)).notices, [])
  const few = await runningApi(t, { docker: tasksWith(299) })
  assert.deepEqual((await linesOf(few, 'component=slow&since=2h')).notices, [])
})

test('the command shows what is left out beside the lines', async (t) => {
  const { url, folder } = await runningApi(t, { docker: tasksWith(400) })
  const env = { PATH: '/nowhere', SWARM_ENV: 'dogfood/production', SWARM_API_TOKEN: secretOf('read') }
  const { told, context } = screen({ directory: folder, env })
  assert.equal(await run(['--api', url, 'logs', 'slow', '--since', '2h'], context), 0)
  assert.match(told.complained, /^Perhaps left out: what site\/slow\.1\b.*\n$/)
  assert.doesNotMatch(told.said, /left out/)
})

test('only few instances are followed at once, however they are named', async (t) => {
  const { call, asked } = await runningApi(t)
  const answer = await call('read', 'GET', `${app}/logs?component=site&follow=1`)
  const { detail, todo } = (await answer.json()) as { detail: string; todo: string }
  assert.equal(answer.status, 422)
  assert.match(detail, /^Logs of 8 instances at most .* have \d+, with their balancers\.$/)
  assert.match(todo, /^Name fewer components.*`swarm logs -f` without --api/)
  assert.ok(!asked().some((line) => line.startsWith('service logs')))
})
