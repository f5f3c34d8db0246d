import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { readConfig } from '../../app/config/read.ts'
import { linkLifetimeMilliseconds } from '../../app/invites/link-token.ts'
import { daysCounted, keptMilliseconds } from '../../app/invites/store-changes.ts'
import { limitRules } from '../../app/limits/limit-rules.ts'
import { startOperatorSite } from '../operators/operator-site.ts'
import { cookieOf, fieldOf } from '../operators/signed-in.ts'
import { startSteps } from '../signup/step-site.ts'
import { hiddenFields, visitorOf } from '../signup/visitor.ts'

const page = readFileSync(new URL('../../content/pages/privacy.md', import.meta.url), 'utf8')
const prose = page.replace(/\s+/g, ' ')
const hour = 3600 * 1000
const day = 24 * hour

/** Minutes that the one cookie of an answer lasts. */
function minutesOf(answer: Response): number {
  const [, expires = ''] = /Expires=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '') ?? []
  return Math.round((Date.parse(expires) - Date.now()) / 60_000)
}

test('the Privacy page says how long requests, links, marks, counts and limits are kept', () => {
  assert.deepEqual([keptMilliseconds / day, daysCounted, linkLifetimeMilliseconds / day], [30, 400, 7])
  assert.match(prose, /until the operator's CRM has it, and for 30 days after that/)
  assert.match(prose, /kept as a hash, from which the link cannot be made, for the week that it lives/)
  assert.match(prose, /counted by day, without saying whose they were, for 400 days/)
  const longest = Math.max(
    ...Object.values(limitRules(readConfig({ NODE_ENV: 'test' }))).map(({ seconds }) => seconds),
  )
  assert.equal(longest * 1000, hour)
  assert.match(prose, /for an hour at most/)
})

test('the Privacy page names the cookies of a canary, and how long they last', () => {
  const canary = readFileSync(new URL('../../nginx/conf/canary/http.conf', import.meta.url), 'utf8')
  const cookies = [...canary.matchAll(/"([\w-]+)=[^;"]+; Path=\/; Max-Age=(\d+);/g)].map(
    ([, ...found]) => found,
  )
  assert.deepEqual(cookies, [
    ['__Host-side', '2592000'],
    ['__Host-side-pin', '3600'],
  ])
  assert.match(
    prose,
    /`__Host-side` when you open a page, for 30 days, and `__Host-side-pin` when you begin a signup, for an hour/,
  )
})

test('the Privacy page says how long the cookies last', async (t) => {
  const site = await startSteps(t)
  const visitor = visitorOf(site.url)
  const opened = await visitor.get((await site.invite()).link)
  const begun = await visitor.post('/signup', hiddenFields(await opened.text()))
  assert.deepEqual([minutesOf(opened), minutesOf(begun)], [30, 14 * 24 * 60])
  assert.match(prose, /14 days after you last opened a private page; 30 minutes if you only open the link/)
  const operators = await startOperatorSite(t)
  const form = await operators.get('/admin/sign-in')
  const csrf = fieldOf(await form.text(), 'csrf')
  const right = { csrf, name: 'operator', password: 'operator' }
  const signedIn = await operators.post('/admin/sign-in', right, { cookie: cookieOf(form) })
  assert.deepEqual([minutesOf(form), minutesOf(signedIn)], [30, 8 * 60])
  assert.match(prose, /8 hours after the sign-in; 30 minutes without it/)
})
