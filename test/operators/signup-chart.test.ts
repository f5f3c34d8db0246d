import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signupChart } from '../../app/operators/signup-chart.ts'
import { startOperatorSite } from './operator-site.ts'

const day = (number: number, signups: number) => ({
  day: `2026-01-${String(number).padStart(2, '0')}`,
  requests: 9,
  signups,
})

test('a bar is as tall as its day’s share of the best day', () => {
  const svg = signupChart([day(1, 0), day(2, 4), day(3, 1)])
  const bars = [...svg.matchAll(/<rect class="chart-bar" x="([\d.]+)" y="(\d+)" width="9" height="(\d+)">/g)]
  assert.deepEqual(
    bars.map(([, ...numbers]) => numbers.map(Number)),
    [
      [1.5, 100, 0],
      [13.5, 0, 100],
      [25.5, 75, 25],
    ],
  )
  assert.match(svg, /viewBox="0 0 36 100"/)
})

test('the chart says in words what it shows', () => {
  const svg = signupChart([day(1, 0), day(2, 4), day(3, 1)])
  assert.match(svg, /role="img" aria-labelledby="chart-title chart-text"/)
  assert.match(svg, /<title id="chart-title">Sign-ups a day<\/title>/)
  assert.match(svg, /<desc id="chart-text">5 in 3 days, most on 2 January 2026: 4\.<\/desc>/)
  assert.match(svg, /<title>3 January 2026: 1<\/title>/)
  assert.match(signupChart([day(1, 0)]), />None in 1 days\.</)
})

test('the chart has no style of its own, which the policy of the site forbids', () => {
  assert.doesNotMatch(signupChart([day(1, 2)]), /style|fill=|stroke=|on\w+=/)
})

test('the first page has the last thirty days, drawn and as a table', async (t) => {
  const site = await startOperatorSite(t)
  const now = new Date().toISOString()
  const ann = { email: 'ann@example.com', name: 'Ann', company: '', purpose: '', at: now }
  const { id } = await site.invites.request(ann)
  await site.invites.signedUp(id, 'ann-works', now)
  const html = await (await (await site.signIn()).get('/admin')).text()
  assert.equal([...html.matchAll(/<rect class="chart-bar"/g)].length, 30)
  const days = [
    ...html.matchAll(/<time datetime="([\d-]{10})">[^<]*<\/time><\/th><td>(\d+)<\/td><td>(\d+)<\/td>/g),
  ]
  assert.equal(days.length, 30)
  assert.deepEqual(days[0]?.slice(1), [now.slice(0, 10), '1', '1'])
})
