import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keepRecord } from '../../kit/deploy/canary-kept.ts'
import { STACK } from '../kit/api/running-api.ts'
import { canary } from '../kit/control/parts.ts'
import { until } from '../until.ts'
import { startConsole } from './console-site.ts'

const since = '2026-11-21T18:00:00.000Z'
const over = canary({
  phase: { kind: 'ended', result: 'aborted', since, reason: 'worse', evidence: ['errors'] },
})
const svg = '<svg xmlns="http://www.w3.org/2000/svg"><title>site/webapp</title></svg>'

test('both versions of a canary that has ended are on the page, as a table and drawn', async (t) => {
  const arrange = () => keepRecord(STACK, over.id, { table: 'canary old', chart: svg })
  const { page, operator } = await startConsole(t, { under: over, arrange })
  const image = async () => /<img class="console-chart" src="([^"]+)"/.exec(await page())?.[1] ?? ''
  await until(async () => (await image()) !== '', 'the drawing')
  assert.match(await page(), /<pre>canary old<\/pre>/)
  const answer = await operator.get(await image())
  assert.equal(answer.headers.get('content-type'), 'image/svg+xml; charset=utf-8')
  assert.match(answer.headers.get('content-security-policy') ?? '', /^default-src 'none'/)
  assert.equal(await answer.text(), svg)
  assert.equal((await operator.get('/console/chart.svg?canary=another')).status, 404)
})
