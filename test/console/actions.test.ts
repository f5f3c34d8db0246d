import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Act } from '../../kit/cli/verb.ts'
import { fieldOf } from '../operators/signed-in.ts'
import { until } from '../until.ts'
import { auditedBy, type ConsoleSite, startConsole, stepping } from './console-site.ts'

const done: Act = async (_, { terminal }) => {
  terminal.say('Release 4 runs.\n')
  return 0
}
const verbs = ['scaleup', 'scaledown', 'canary promote', 'canary abort']
const acts = Object.fromEntries(verbs.map((verb) => [verb, done]))

const where = (answer: Response) => [answer.status, answer.headers.get('location')]
const changesOf = ({ running }: ConsoleSite) =>
  running.performed
    .filter(({ verb }) => verb.startsWith('canary ') || verb.startsWith('scale'))
    .filter(({ verb }) => verb !== 'canary status')
    .map(({ verb, asked }) => [verb, ...asked.words].join(' '))

test('pause, resume and another share are made at once, each by a form of the page', async (t) => {
  const site = await startConsole(t, { under: stepping })
  assert.deepEqual(where(await site.act('pause')), [303, '/console?done=pause'])
  assert.match(await (await site.operator.get('/console?done=pause')).text(), /The canary stays at its share/)
  assert.deepEqual(where(await site.act('resume')), [303, '/console?done=resume'])
  assert.deepEqual(where(await site.act('share', { percent: '12.5' })), [303, '/console?done=share'])
  assert.deepEqual(changesOf(site), ['canary pause', 'canary resume', 'canary set 12.5%'])
  const shares = async () => (await site.page()).includes('12.5 % of visitors')
  await until(shares, 'the page to show the share')
})

test('promote and abort ask first, on a page without scripts', async (t) => {
  for (const [name, question, verb] of [
    ['promote', 'Promote the canary?', 'canary promote'],
    ['abort', 'Abort the canary?', 'canary abort'],
  ] as const) {
    const site = await startConsole(t, { acts, under: stepping })
    const asking = await site.act(name)
    const html = await asking.text()
    assert.equal(asking.status, 200)
    assert.match(html, new RegExp(question.replace('?', '\\?')))
    assert.equal(changesOf(site).length, 0)
    const sure = { canary: fieldOf(html, 'canary'), sure: fieldOf(html, 'sure') }
    assert.deepEqual(where(await site.operator.post(`/console/${name}`, sure)), [303, '/console?done=begun'])
    await until(async () => changesOf(site).includes(verb), verb)
    const told = async () => /Release 4 runs/.test(await site.page())
    await until(told, 'the page to show what the task told')
  }
})

test('the reason of an abort names the operator, in the audit trail of control too', async (t) => {
  const site = await startConsole(t, { acts, under: stepping })
  await site.act('abort', { sure: 'yes' })
  await until(async () => changesOf(site).length > 0, 'the abort')
  assert.equal(site.running.performed.at(-1)?.asked.text('reason'), 'by operator at the console')
})

test('more instances are begun at once, and fewer only after a question', async (t) => {
  const site = await startConsole(t, { acts })
  const given = { component: 'site/webapp', instances: '5' }
  assert.deepEqual(where(await site.operator.post('/console/scale', given)), [303, '/console?done=begun'])
  await until(async () => changesOf(site).includes('scaleup site/webapp=5'), 'more')
  const fewer = { ...given, instances: '1' }
  const asking = await (await site.operator.post('/console/scale', fewer)).text()
  assert.match(asking, /Scale site\/webapp from 3 to 1\?/)
  const sure = {
    component: fieldOf(asking, 'component'),
    instances: fieldOf(asking, 'instances'),
    sure: 'yes',
  }
  assert.deepEqual(where(await site.operator.post('/console/scale', sure)), [303, '/console?done=begun'])
  await until(async () => changesOf(site).includes('scaledown site/webapp=1'), 'fewer')
  for (const wrong of [
    { ...given, instances: '-1' },
    { ...given, instances: '1e3' },
    { ...given, component: 'webap' },
    {},
  ])
    assert.equal((await site.operator.post('/console/scale', wrong)).status, 422, JSON.stringify(wrong))
})

test('what control refuses is said on the page, with what to do', async (t) => {
  const site = await startConsole(t, { under: stepping })
  const refused = await site.act('resume')
  assert.equal(refused.status, 422)
  assert.match(await refused.text(), /role="alert">[\s\S]*is not paused: it cannot be resumed/)
  for (const percent of ['101', '-1', '1.234', 'x', ''])
    assert.equal((await site.act('share', { percent })).status, 422, percent)
  const other = await site.act('pause', { canary: 'another' })
  assert.match(await other.text(), /That canary has ended, so nothing was changed/)
  assert.deepEqual(changesOf(site), ['canary resume'])
})

test('a token that may not promote is told apart from a promotion that failed', async (t) => {
  const site = await startConsole(t, { acts, under: stepping, role: 'read' })
  const answer = await site.act('promote', { sure: 'yes' })
  assert.equal(answer.status, 403)
  assert.match(await answer.text(), /That needs the role operate\.[\s\S]*Give the token that role/)
})

test('a form without the token of its session, or from another site, changes nothing', async (t) => {
  const site = await startConsole(t, { acts, under: stepping })
  const { cookie, csrf } = site.operator
  const names = ['pause', 'resume', 'promote', 'abort', 'share', 'scale']
  const body = { canary: stepping.id, percent: '50', component: 'site/webapp', instances: '9', sure: 'yes' }
  for (const name of names) {
    const path = `/console/${name}`
    assert.equal((await site.site.post(path, body, { cookie })).status, 403, `${name} without a token`)
    assert.equal((await site.site.post(path, { ...body, csrf: 'x' }, { cookie })).status, 403)
    const foreign = { cookie, origin: 'https://evil.test' }
    assert.equal(
      (await site.site.post(path, { ...body, csrf }, foreign)).status,
      403,
      `${name} from elsewhere`,
    )
    assert.deepEqual(where(await site.site.post(path, { ...body, csrf })), [303, '/admin/sign-in'])
    assert.notEqual((await site.operator.get(path)).status, 200, `${name} by GET`)
  }
  assert.deepEqual(changesOf(site), [])
  assert.deepEqual(auditedBy(site), [])
})

test('each change is in the audit log with the operator before it is made, and with its outcome', async (t) => {
  const site = await startConsole(t, { acts, under: stepping })
  await site.act('share', { percent: '12.5' })
  await site.act('pause')
  const lines = auditedBy(site)
  assert.deepEqual(
    lines.map(({ operator, done, canary, percent, outcome }) => [operator, done, canary, percent, outcome]),
    [
      ['operator', 'canary share', stepping.id, '12.5', 'asked'],
      ['operator', 'canary share', stepping.id, '12.5', 'taken'],
      ['operator', 'canary pause', stepping.id, undefined, 'asked'],
      ['operator', 'canary pause', stepping.id, undefined, 'failed'],
    ],
  )
  assert.match(String(lines.at(-1)?.why), /is paused: it cannot be paused/)
  const audit = await site.running.call('read', 'GET', '/v1/apps/dogfood-production/audit')
  const entries = (await audit.json()) as { request: string }[]
  assert.ok(
    entries.some(({ request }) => request === lines[0]?.requestId),
    'one id finds it in both',
  )
  assert.match(site.door.heard(), /x-on-behalf-of: operator\r\n/i)
})

test('the token of control is in no page and no line of the log', async (t) => {
  const site = await startConsole(t, { acts, under: stepping })
  const answers = [
    await site.operator.get('/console'),
    await site.act('abort'),
    await site.act('resume'),
    await site.operator.get('/console/logs?component=site/webapp'),
  ]
  const texts = await Promise.all(answers.map((answer) => answer.text()))
  site.door.shut()
  texts.push(await (await site.act('pause', { canary: stepping.id })).text())
  assert.doesNotMatch([...texts, ...site.site.lines].join(''), new RegExp(site.token))
})
