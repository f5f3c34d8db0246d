import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startOperatorSite } from '../operators/operator-site.ts'
import { prints, startConsole, stepping } from './console-site.ts'

const words = (html: string): string =>
  html
    .replace(/[\s\S]*<main/, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')

test('the page shows components, instances, releases, nodes and the canary, as control tells them', async (t) => {
  const { page, operator } = await startConsole(t, { under: stepping })
  const answer = await operator.get('/console')
  assert.equal(answer.status, 200)
  assert.equal(answer.headers.get('cache-control'), 'private, no-store')
  const text = words(await page())
  assert.match(text, /Canary stepping site\/webapp/)
  assert.match(text, /5 % of visitors/)
  assert.match(text, /Components Component State Running Image Release/)
  assert.match(text, /site\/webapp .* of 3/)
  assert.match(text, /Instances Instance Node State Since/)
  assert.match(text, /3 runs 21 Nov 2026, 16:33:05 ann up/)
  assert.match(text, /Nodes Node State Instances/)
})

test('images, faults, reasons and names are text, whatever is in them', async (t) => {
  const evil = '<img src=x onerror=alert(1)>'
  const component = {
    ...{ component: evil, kind: 'component', state: 'failed', wanted: 1, running: 0, nodes: { [evil]: 1 } },
    ...{ image: evil, health: 'bad', faults: [{ instance: 1, node: evil, why: evil, task: 'x' }] },
  }
  const app = { stack: evil, state: 'failed', components: [component], nodes: { ready: 1, all: 1, away: [] } }
  const phase = { kind: 'ended', result: 'aborted', since: 'x', reason: evil, evidence: [evil] }
  const view = { ...stepping, phase, image: evil, table: evil, share: 0, history: [] }
  const acts = { status: prints(app), 'canary status': prints(view) }
  const { page } = await startConsole(t, { acts })
  const html = await page()
  assert.doesNotMatch(html, /<img src=x/)
  assert.ok(html.split('&lt;img src=x onerror=alert(1)&gt;').length > 8)
})

test('nobody sees anything of it without a sign-in, and is led there and back', async (t) => {
  const { site } = await startConsole(t)
  for (const path of ['', '/events', '/chart.svg', '/logs', '/logs/events']) {
    const answer = await site.get(`/console${path}`)
    const to = `/admin/sign-in?${new URLSearchParams({ to: `/console${path}` })}`
    assert.deepEqual([answer.status, answer.headers.get('location')], [303, to])
  }
})

test('a site without control says so, and how it gets one', async (t) => {
  for (const changes of [{}, { controlUrl: 'http://127.0.0.1:9' }]) {
    const site = await startOperatorSite(t, changes)
    const operator = await site.signIn()
    const answer = await operator.get('/console')
    assert.equal(answer.status, 200)
    assert.match(await answer.text(), /This site has no control[\s\S]*npm run secrets/)
    const others = [await operator.get('/console/events'), await operator.post('/console/scale', {})]
    for (const other of others) assert.equal(other.headers.get('location'), '/console')
  }
})

test('when control goes away the page says so and shows what was known last', async (t) => {
  const { page, door, site, token } = await startConsole(t, { under: stepping })
  assert.match(words(await page()), /Canary stepping/)
  door.shut()
  const waited = Date.now() + 5000
  let text = ''
  while (!/Control cannot be reached/.test(text) && Date.now() < waited) text = words(await page())
  assert.match(text, /Control cannot be reached. What follows was so at .* UTC/)
  assert.match(text, /Canary stepping/)
  const told = site.lines.filter((line) => line.includes('control does not answer'))
  assert.equal(told.length, 1, 'once, not at each look')
  assert.doesNotMatch(site.lines.join('') + text, new RegExp(token))
})

test('a control that never answered, and a token that it does not know, are told apart', async (t) => {
  const away = await startConsole(t, { changes: { controlUrl: 'http://127.0.0.1:9' } })
  assert.match(words(await away.page()), /Control cannot be reached/)
  const strange = await startConsole(t, { changes: { controlToken: 'of-nobody-0123456789' } })
  const html = await strange.page()
  assert.match(words(html), /A known token is needed\. Give control_tokens the line/)
  assert.doesNotMatch(html + strange.site.lines.join(''), /of-nobody-0123456789/)
})
