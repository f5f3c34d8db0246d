import assert from 'node:assert/strict'
import { test } from 'node:test'
import { until } from '../until.ts'
import { startConsole } from './console-site.ts'
import { eventsOf } from './events-of.ts'

const colour = '\u001b'
const time = '2026-11-21T18:32:47.263Z'

/** Two lines, and where it is followed, one more a while later. */
const docker = String.raw`'service logs'*)
    echo '${time} listening'; printf '${time} \033[31m<script>alert(1)</script>\r\n' >&2
    case "$*" in *--follow*) sleep 0.5; echo '2026-11-21T18:32:48Z later'; exec sleep 60 ;; esac ;;`
const url = (path: string) => `${path}?${new URLSearchParams({ component: 'site/webapp' })}`

test('the page has the newest lines of what was chosen, and none before', async (t) => {
  const { operator, running } = await startConsole(t, { docker })
  const none = await (await operator.get('/console/logs')).text()
  assert.match(none, /<option>site\/webapp<\/option>/)
  assert.doesNotMatch(none, /listening/)
  const html = await (await operator.get(url('/console/logs'))).text()
  assert.match(html, /21 Nov 2026, 18:32:47<\/time> <span class="meta">site\/webapp 2<\/span> <bdi>listening/)
  assert.match(html, /<li class="console-error">/)
  assert.match(html, /<option selected>site\/webapp</)
  assert.match(html, /data-log="\/console\/logs\/events\?component=site%2Fwebapp"/)
  assert.match(running.asked().at(-1) ?? '', /^service logs .*--tail 100 /)
})

test('a line of a log is text: no markup, no colours, and no event of its own', async (t) => {
  const { operator, site } = await startConsole(t, { docker })
  const html = await (await operator.get(url('/console/logs'))).text()
  const { wait, leave, events } = await eventsOf(site.url + url('/console/logs/events'), operator.cookie)
  const { data } = await wait('lines', /alert/)
  for (const text of [html, data]) {
    assert.match(text, /&lt;script&gt;alert\(1\)&lt;\/script&gt;/)
    assert.doesNotMatch(text, /<script>alert/)
    assert.ok(!text.includes(colour))
  }
  assert.ok(events.every(({ name }) => name !== 'over'))
  leave()
})

test('lines that follow come as events, until nobody reads them', async (t) => {
  const { operator, site, running } = await startConsole(t, { docker })
  const { wait, leave } = await eventsOf(site.url + url('/console/logs/events'), operator.cookie)
  await wait('begin')
  await wait('lines', /listening/)
  await wait('lines', /later/)
  leave()
  const isFree = () => running.api.streams.take(() => running.api.streams.take(async () => true))
  await until(isFree, 'control to hear that nobody reads')
})

test('a component that there is not, and a control that is busy, are said in words', async (t) => {
  const { operator, site } = await startConsole(t, { docker })
  const unknown = await (await operator.get('/console/logs?component=nothing')).text()
  assert.match(unknown, /role="alert">/)
  const open = () => eventsOf(site.url + url('/console/logs/events'), operator.cookie)
  const pages = [await open(), await open()]
  await Promise.all(pages.map(({ wait }) => wait('lines')))
  const third = await open()
  assert.match((await third.wait('lines')).data, /Too much is going on here at once/)
  await until(async () => third.state.isOver, 'the end of the third')
  assert.deepEqual(
    third.events.filter(({ name }) => name === 'begin'),
    [],
    'what the page shows stays',
  )
  for (const { leave } of pages) leave()
})

test('a log that is long in coming does not hold up the page', async (t) => {
  const slow = "'service logs'*) exec sleep 60 ;;"
  const { operator } = await startConsole(t, { docker: slow })
  await operator.get('/console')
  const begun = performance.now()
  const html = await (await operator.get(url('/console/logs'))).text()
  assert.match(html, /Nothing was read yet/)
  assert.ok(performance.now() - begun < 2500)
})
