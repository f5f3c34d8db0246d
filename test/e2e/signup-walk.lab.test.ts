import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { openBrowser } from '../lab/browser.ts'
import { until } from '../until.ts'
import { composeUp, type Stack } from './compose.ts'
import { recordHeaders } from './sent-headers.ts'
import {
  arrivedOf,
  begin,
  createAccount,
  fillInviteForm,
  followMailedLink,
  inviteInTheCrm,
  nameWorkspace,
  type Person,
  requestInvite,
  setFault,
  signOut,
} from './signup-walk.ts'
import { openTab } from './tab.ts'

let stack: Stack
let browser: Browser
before(async () => {
  stack = await composeUp()
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  await stack?.down()
})

const person = (name: string): Person => ({
  name: `${name} Visitor`,
  email: `${name.toLowerCase()}@example.com`,
  workspace: `${name.toLowerCase()}-works`,
  password: 'three swarms past the old mill',
})

const redeployWebapp = async () => {
  await stack.compose('up', '--detach', '--wait', '--no-deps', '--force-recreate', 'webapp')
  await until(async () => (await fetch(`${stack.url}/invite`)).ok, 'the new webapp behind nginx')
}

/** Each outside system has one of everything, once the worker has told of the sign-up. */
async function assertSignedUpOnce(who: Person): Promise<void> {
  const isTold = async () => {
    const { contacts, mails } = await arrivedOf(stack, who)
    return contacts[0]?.properties.invite_status === 'signed up' && mails.length === 2
  }
  await until(isTold, `the sign-up of ${who.email} to be told`, 120)
  const { contacts, accounts, mails } = await arrivedOf(stack, who)
  assert.deepEqual([contacts.length, accounts.length], [1, 1])
  assert.deepEqual(
    mails.map(({ deliveries }) => deliveries),
    [1, 1],
  )
}

test('a visitor requests an invite, is invited with a click, follows the mailed link and signs up', async () => {
  const ada = person('Ada')
  const { page, complaints } = await openTab(browser)
  const headers = recordHeaders(page)
  await requestInvite(page, stack, ada)
  await inviteInTheCrm(page, stack, ada)
  await followMailedLink(page, stack, ada)
  await begin(page)
  await nameWorkspace(page, ada)
  await createAccount(page, ada)
  await assertSignedUpOnce(ada)
  await signOut(page)
  await page.goto(`${stack.url}/welcome`)
  await page.getByRole('heading', { name: 'You are not signed in' }).waitFor()
  assert.deepEqual(complaints, [])
  const sent = (await headers()).flatMap(({ referer }) => referer ?? [])
  assert.ok(sent.length > 0, 'the browser sends a Referer')
  assert.deepEqual(
    sent.filter((referer) => referer.includes('token')),
    [],
  )
})

test('the same with CRM and accounts failing, the worker killed and the webapp redeployed in between', async () => {
  const grace = person('Grace')
  const [{ page }, { page: atStandIns }] = [await openTab(browser), await openTab(browser)]
  await setFault(atStandIns, stack, 'CRM', 'fail')
  await requestInvite(page, stack, grace)
  await stack.compose('kill', 'worker')
  await redeployWebapp()
  await setFault(atStandIns, stack, 'CRM', 'healthy')
  assert.equal((await arrivedOf(stack, grace)).contacts.length, 0)
  await stack.compose('up', '--detach', '--wait', 'worker')
  await inviteInTheCrm(atStandIns, stack, grace)
  await followMailedLink(page, stack, grace)
  await redeployWebapp()
  await begin(page)
  await redeployWebapp()
  await nameWorkspace(page, grace)
  await stack.compose('kill', 'worker')
  await redeployWebapp()
  await setFault(atStandIns, stack, 'Accounts', 'fail')
  await failToCreateAccount(page, grace)
  await setFault(atStandIns, stack, 'Accounts', 'healthy')
  await createAccount(page, grace)
  await stack.compose('up', '--detach', '--wait', 'worker')
  await assertSignedUpOnce(grace)
})

async function failToCreateAccount(page: Page, { password }: Person): Promise<void> {
  await page.getByLabel('Password').fill(password)
  await page.getByRole('checkbox').check()
  const answered = page.waitForResponse((answer) => answer.request().method() === 'POST')
  await page.getByRole('button', { name: /account/i }).click()
  assert.equal((await answered).status(), 503)
  await page.getByText('Nothing is lost').waitFor()
  assert.equal(await page.getByLabel('Password').inputValue(), '')
  assert.ok(await page.getByRole('checkbox').isChecked())
}

test('without its queue the form says so, keeps what was typed, and is taken when the queue is back', async () => {
  const mary = person('Mary')
  const { page } = await openTab(browser)
  await fillInviteForm(page, stack.url, mary)
  await stack.compose('kill', 'redisqueue')
  await sleep(2100)
  const answered = page.waitForResponse((answer) => answer.request().method() === 'POST')
  const send = page.getByRole('button', { name: 'Request an invite' })
  await send.click()
  const answer = await answered
  assert.equal(answer.status(), 503)
  assert.ok(Number(answer.headers()['retry-after']) > 0)
  await page.getByRole('alert').waitFor()
  assert.equal(await page.getByLabel('E-mail address').inputValue(), mary.email)
  assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), mary.name)
  assert.ok(await page.getByRole('checkbox').isChecked())
  await stack.compose('up', '--detach', '--wait', 'redisqueue')
  await until(
    async () => {
      await send.click()
      return page.getByRole('heading', { name: 'Thank you' }).isVisible()
    },
    'the request to be taken',
    60,
  )
  const isThere = async () => (await arrivedOf(stack, mary)).contacts.length === 1
  await until(isThere, 'the contact at the CRM', 120)
})

test('a form with a mistake, or sent too often, comes back through nginx with what was typed', async () => {
  const opened = /name="opened" value="([^"]+)"/.exec(await (await fetch(`${stack.url}/invite`)).text())?.[1]
  const send = (fields: Record<string, string>) =>
    fetch(`${stack.url}/invite`, {
      method: 'POST',
      headers: { 'Sec-Fetch-Site': 'same-origin' },
      body: new URLSearchParams({ name: 'Joan Visitor', consent: 'yes', opened: opened ?? '', ...fields }),
      redirect: 'manual',
    })
  await sleep(2100)
  const wrong = await send({ email: 'joan at example.com' })
  assert.equal(wrong.status, 422)
  assert.match(await wrong.text(), /value="joan at example.com"/)
  // Slower than nginx's own limit, whose page knows nothing of the form.
  await until(
    async () => {
      await sleep(600)
      const answer = await send({ email: 'joan@example.com' })
      if (answer.status !== 429) return false
      assert.ok(Number(answer.headers.get('retry-after')) > 0)
      return /value="joan@example.com"/.test(await answer.text())
    },
    'a limit of the site',
    60,
  )
})
