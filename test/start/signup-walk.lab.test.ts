import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  arrivedOf,
  begin,
  createAccount,
  followMailedLink,
  inviteInTheCrm,
  nameWorkspace,
  type Places,
  requestInvite,
  signOut,
} from '../e2e/signup-walk.ts'
import { openTab } from '../e2e/tab.ts'
import { openBrowser } from '../lab/browser.ts'
import { freePort } from '../lab/docker.ts'
import { until } from '../until.ts'
import { runSite } from './process.ts'

const ada = {
  name: 'Ada Visitor',
  email: 'ada@example.com',
  workspace: 'ada-works',
  password: 'three swarms past the old mill',
}

test('with nothing but the process that npm start runs, a visitor comes from the request to the account', {
  timeout: 120_000,
}, async (t) => {
  const port = await freePort()
  const PUBLIC_URL = `http://localhost:${port}`
  const settings = { NODE_ENV: 'development', STAND_INS: 'true', PORT: String(port), PUBLIC_URL }
  const site = await runSite(t, settings)
  const standIns = /Stand-ins .*: (http:\/\/localhost:\d+)/.exec(site.output())?.[1]
  assert.ok(standIns, site.output())
  const places: Places = { url: PUBLIC_URL, standIns }
  const browser = await openBrowser()
  t.after(() => browser.close())
  const { page, complaints } = await openTab(browser)

  await requestInvite(page, places, ada)
  await inviteInTheCrm(page, places, ada)
  await followMailedLink(page, places, ada)
  await begin(page)
  await nameWorkspace(page, ada)
  await createAccount(page, ada)

  const isTold = async () => {
    const { contacts, accounts, mails } = await arrivedOf(places, ada)
    assert.deepEqual([contacts.length, accounts.length], [1, 1])
    return contacts[0]?.properties.invite_status === 'signed up' && mails.length === 2
  }
  await until(isTold, 'the CRM to know of the sign-up, and the welcome')
  await signOut(page)
  await page.goto(`${places.url}/welcome`)
  await page.getByRole('heading', { name: 'You are not signed in' }).waitFor()
  assert.deepEqual(complaints, [])
})
