import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { openTaskQueue } from '../../app/deliveries/open-task-queue.ts'
import { hashPassword } from '../../app/operators/password.ts'
import { buildProduction, startProduction } from '../e2e/production.ts'
import { openTab } from '../e2e/tab.ts'
import { openBrowser } from '../lab/browser.ts'
import { type Container, startContainer } from '../lab/docker.ts'
import { type Front, startFront } from '../nginx/front.ts'
import { until } from '../until.ts'
import { leaveDeadLetter, reason } from './dead-letter.ts'

const repository = fileURLToPath(new URL('../../', import.meta.url))
const password = 'a password of this test'

let front: Front
let redis: Container
let app: Container
let browser: Browser
let queueUrl: string
before(async () => {
  ;[front, browser] = await Promise.all([startFront(), openBrowser(), buildProduction(repository)])
  const network = ['--network', front.network]
  const redisOptions = [...network, '--network-alias', 'redis']
  redis = await startContainer({ image: 'redis:8.10.1', ports: [6379], options: redisOptions })
  queueUrl = `redis://127.0.0.1:${redis.port(6379)}`
  const settings = {
    PUBLIC_URL: `http://localhost:${front.port}`,
    OPERATORS: `ann:${await hashPassword(password, { N: 2 ** 12, r: 8, p: 1 })}`,
  }
  const environment = Object.entries(settings).flatMap(([name, value]) => ['--env', `${name}=${value}`])
  app = await startProduction('redis', ...network, '--network-alias', 'webapp', ...environment)
  await until(async () => (await front.ask('/docs')).status === 200, 'the app', 60)
})
after(async () => {
  await Promise.all([browser?.close(), app?.remove(), redis?.remove()])
  await front?.stop()
})

async function signIn(page: Page): Promise<void> {
  await page.goto(`http://localhost:${front.port}/admin/sign-in`)
  await page.getByLabel('Name').fill('ann')
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/admin')
}

test('the board renders under its own policy, shows a dead letter, and tries it again with a click', async (t) => {
  await until(() => leaveDeadLetter(queueUrl).then(() => true), 'the queue')
  const { page, complaints } = await openTab(browser)
  await signIn(page)
  await page.goto(`http://localhost:${front.port}/admin/queue/queue/mail?status=failed`)
  await page.getByText(reason).waitFor()
  for (const words of ['DEAD LETTER', 'RETRY', 'Mail']) {
    await page.getByText(words, { exact: true }).first().waitFor()
  }
  await page.getByRole('tab', { name: 'Data' }).click()
  await page.getByText('"an-invite"').waitFor()

  const queue = await openTaskQueue(queueUrl)
  t.after(() => queue.close())
  const retried = page.waitForResponse((answer) => answer.url().endsWith('/mail-one/retry'))
  await page.locator('ul[class^="jobActions"] button').first().click()
  await page.getByRole('button', { name: 'Confirm' }).click()
  await retried
  assert.equal((await queue.counts()).mail.waiting, 1)
  assert.deepEqual(complaints, [])
  await page.context().close()
})

test('the policy of the board is for the board alone, and allows nothing inline and nothing from elsewhere', async () => {
  const policyOf = async (path: string) => String((await front.ask(path)).headers['content-security-policy'])
  const board = await policyOf('/admin/queue')
  assert.match(board, /^default-src 'none';/)
  assert.doesNotMatch(board, /unsafe|\*|https?:|data:|blob:/)
  for (const path of ['/admin/queue/api/queues', '/admin/queue/queue/mail'])
    assert.equal(await policyOf(path), board)
  const others = [
    '/admin',
    '/admin/sign-in',
    '/admin/queues',
    '/admin/queue.csv',
    '/',
    '/x/admin/queue',
    '/ADMIN/queue',
  ]
  for (const path of others)
    assert.match(await policyOf(path), /base-uri 'none'; .*require-trusted-types-for/, path)
})

test('through nginx nothing of the board is to be had without a sign-in', async () => {
  const paths = [
    '/admin/queue',
    '/admin/queue/api/queues',
    '/admin/queue/queue/mail',
    '/admin/invites.csv',
    '/admin',
  ]
  const spelled = paths.flatMap((path) => [
    path,
    `${path}/`,
    path.toUpperCase(),
    path.replace('/admin/', '/admin%2f'),
    path.replace('/admin', '//admin'),
    path.replace('/admin', '/admin/sign-in/..'),
    path.replace('/admin', '/static/%2e%2e/admin'),
    path.replace('/admin', '/%61dmin'),
  ])
  for (const path of spelled) {
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      const { status, text } = await front.ask({ path, method })
      assert.ok(status >= 300 && status < 500, `${method} ${path}: ${status}`)
      assert.doesNotMatch(text, /an-invite|__UI_CONFIG__|Sign out|E-mail/, `${method} ${path}`)
      if (status === 429) break
    }
  }
})
