import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { redisUsers, type StoreName, storeNames } from '../../kit/secrets/redis-users.ts'
import {
  arrivedOf,
  begin,
  createAccount,
  followMailedLink,
  inviteInTheCrm,
  nameWorkspace,
  type Person,
  requestInvite,
  signOut,
} from '../e2e/signup-walk.ts'
import { openTab } from '../e2e/tab.ts'
import { openBrowser } from '../lab/browser.ts'
import { run } from '../lab/command.ts'
import { until } from '../until.ts'
import { type ProductionStack, productionUp } from './stack.ts'

// The password is "operator", and its hash a cheap one.
const operators =
  'operator:scrypt$16384$8$1$QR9FmEJn41hU1Q8yoAhC6g$G5sSMSTL5_FnkMqkwBxbxewz5nBwetYWo-lEiPnCaeU'

let stack: ProductionStack
let browser: Browser
before(async () => {
  stack = await productionUp({ secrets: { operators } })
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

const open = async (): Promise<Page> => (await openTab(browser, { ignoreHTTPSErrors: true })).page
const secret = (name: string): string => readFileSync(join(stack.folder, 'secrets', name), 'utf8').trim()

/** What redis-cli answers in a store; a refusal is an answer, too. */
function ask(store: StoreName, user: string, password: string, ...command: string[]): Promise<string> {
  const login = ['--env', `REDISCLI_AUTH=${password}`]
  const as = ['--user', user]
  return stack.compose('exec', '-T', ...login, store, 'redis-cli', '--no-auth-warning', ...as, ...command)
}

const admin = (store: StoreName, ...command: string[]) =>
  ask(store, 'admin', secret('redis_admin'), ...command)
const passwordOf = (store: StoreName, user: string): string => {
  const names: Readonly<Record<string, string>> = redisUsers[store]
  return new URL(secret(names[user] ?? '')).password
}

async function signUp(who: Person): Promise<void> {
  const page = await open()
  await requestInvite(page, stack, who)
  await inviteInTheCrm(page, stack, who)
  await followMailedLink(page, stack, who)
  await begin(page)
  await nameWorkspace(page, who)
  await createAccount(page, who)
  const isTold = async () => (await arrivedOf(stack, who)).mails.length === 2
  await until(isTold, `the sign-up of ${who.email} to be told`, 120)
  await signOut(page)
}

async function lookAsOperator(): Promise<void> {
  const page = await open()
  await page.goto(`${stack.url}/admin/sign-in`)
  await page.getByLabel('Name').fill('operator')
  await page.getByLabel('Password').fill('operator')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('ada@example.com').first().waitFor()
  for (const path of ['/admin/searches', '/admin/queue', '/admin/queue/queue/mail?status=completed']) {
    const answer = await page.goto(stack.url + path)
    assert.equal(answer?.status(), 200, path)
  }
  await page.waitForLoadState('networkidle')
}

test('visitors, operators and the answer to a person work with users that may do no more than they need', async () => {
  await signUp(person('Ada'))
  const page = await open()
  await page.goto(`${stack.url}/search?q=docker`)
  await lookAsOperator()
  for (const verb of ['export', 'forget']) {
    const args = ['exec', '-T', 'webapp', 'node', 'app/privacy.ts', verb, 'ada@example.com']
    await stack.compose(...args, ...(verb === 'forget' ? ['--yes'] : []))
  }
  // Each command or key that was refused to somebody is in there.
  for (const store of storeNames) assert.equal(await admin(store, 'acl', 'log'), '', store)
})

test('what empties, stops, sets up or copies a store is refused, and so are the keys of others', async () => {
  const refused = ['flushall', 'flushdb', 'shutdown', 'config get *', 'keys *', 'acl list', 'monitor', 'save']
  for (const store of storeNames) {
    for (const user of [...Object.keys(redisUsers[store]), 'health']) {
      const password = user === 'health' ? 'any' : passwordOf(store, user)
      for (const command of [...refused, 'get other:key', 'set other:key 1'])
        assert.match(
          await ask(store, user, password, ...command.split(' ')),
          /^NOPERM/,
          `${user}: ${command}`,
        )
      assert.equal(await ask(store, user, password, 'ping'), 'PONG')
    }
    assert.match(await ask(store, 'webapp', 'another', 'ping'), /WRONGPASS|NOPERM|NOAUTH|AUTH failed/)
    assert.match(await admin(store, 'flushall'), /^NOPERM/)
    assert.match(await admin(store, 'config', 'get', 'maxmemory'), /134217728/)
  }
})

test('the passwords of a store are replaced while the site works', async () => {
  const page = await open()
  const secrets = (...args: string[]) =>
    run(process.execPath, [join(stack.folder, 'kit/secrets.ts'), ...args], { cwd: stack.folder })
  const works = async () => (await page.goto(`${stack.url}/session`))?.status() === 200
  const before = passwordOf('redissessions', 'webapp')
  await secrets('--rotate', 'redissessions')
  await admin('redissessions', 'acl', 'load')
  await until(works, 'a page with a session, with the old password')
  await stack.compose('up', '--detach', '--no-build', '--no-deps', '--force-recreate', '--wait', 'webapp')
  await secrets('--retire', 'redissessions')
  await admin('redissessions', 'acl', 'load')
  await until(works, 'a page with a session, with the new password')
  const ping = (password: string) => ask('redissessions', 'webapp', password, 'get', 'session:none')
  assert.equal(await ping(passwordOf('redissessions', 'webapp')), '')
  assert.match(await ping(before), /WRONGPASS|NOPERM|NOAUTH|AUTH failed/)
})
