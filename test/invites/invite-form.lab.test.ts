import assert from 'node:assert/strict'
import { after, before, type TestContext, test } from 'node:test'
import axe, { type AxeResults } from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { openedAt } from '../../app/invites/form-clock.ts'
import { inviteWording } from '../../app/invites/invite-form.ts'
import { openTab } from '../e2e/tab.ts'
import { openBrowser } from '../lab/browser.ts'
import { type InviteSite, startInviteSite } from './invite-site.ts'

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser?.close())

async function openForm(t: TestContext, options: BrowserContextOptions = {}) {
  const site = await startInviteSite(t)
  const { page, complaints } = await openTab(browser, options)
  t.after(() => page.context().close())
  const posts: string[] = []
  page.on('request', (request) => void (request.method() === 'POST' && posts.push(request.url())))
  await page.goto(`${site.url}/invite`)
  return { site, page, complaints, posts }
}

const withoutScripts = { javaScriptEnabled: false } as const
const send = (page: Page) => page.locator('main form button').click()
const focused = (page: Page) => page.locator('main :focus').getAttribute('id')
const errorOf = (page: Page, field: string) => page.locator(`#${field}-error`)

async function fill(page: Page, email = 'ann@example.com'): Promise<void> {
  await page.locator('#email').fill(email)
  await page.locator('#name').fill('Ann')
  await page.locator('#purpose').fill('One\nTwo')
  await page.locator('#consent').check()
}

/** As if the form had been open for a while. */
const openEarlier = (page: Page, { secrets }: InviteSite) =>
  page
    .locator('[name=opened]')
    .evaluate((field, value) => field.setAttribute('value', value), openedAt(secrets, Date.now() - 5000))

test('without scripts a wrong form comes back with the focus on what is wrong, and links to the field', async (t) => {
  const { site, page } = await openForm(t, withoutScripts)
  await fill(page, 'ann@example.c')
  await send(page)
  await page.locator('.error-summary:focus').waitFor()
  assert.match(await page.title(), /^Error: /)
  assert.equal(await page.locator('#purpose').inputValue(), 'One\nTwo')
  assert.equal(await page.locator('#consent').isChecked(), true)
  await page.locator('.error-summary a').click()
  assert.equal(await focused(page), 'email')
  await page.locator('#email').fill('ann@example.com')
  await page.waitForTimeout(2100)
  await send(page)
  await page.waitForURL('**/invite/thanks')
  assert.equal(site.tasks.length, 1)
})

test('without scripts a visitor who was too quick only presses again', async (t) => {
  const { site, page } = await openForm(t, withoutScripts)
  await fill(page)
  await send(page)
  await page.locator('.error-summary:focus', { hasText: 'once more' }).waitFor()
  await page.waitForTimeout(2100)
  await send(page)
  await page.waitForURL('**/invite/thanks')
  assert.equal(site.tasks.length, 1)
})

test('with scripts errors show in place in the words of the server, and nothing is sent', async (t) => {
  const { page, complaints, posts } = await openForm(t)
  await page.locator('#email').fill('ann@example')
  await send(page)
  assert.equal(await focused(page), 'email')
  for (const field of ['email', 'name', 'consent'] as const) {
    assert.equal(await errorOf(page, field).textContent(), inviteWording[field])
    assert.equal(await page.locator(`#${field}`).getAttribute('aria-invalid'), 'true')
    const described = await page.locator(`#${field}`).getAttribute('aria-describedby')
    assert.deepEqual(described?.split(' ').slice(-1), [`${field}-error`])
  }
  assert.equal(await page.locator('#email').getAttribute('aria-describedby'), 'email-hint email-error')
  assert.equal(await page.locator('.field-error').count(), 3)
  assert.deepEqual([posts, complaints], [[], []])
})

test('an error goes as soon as its field is right, and comes back when it is wrong again', async (t) => {
  const { page } = await openForm(t)
  await send(page)
  assert.equal(await focused(page), 'email')
  await page.keyboard.type('ann@example')
  assert.equal(await errorOf(page, 'email').count(), 1)
  await page.keyboard.type('.com')
  assert.equal(await errorOf(page, 'email').count(), 0)
  assert.equal(await page.locator('#email').getAttribute('aria-invalid'), null)
  assert.equal(await page.locator('#email').getAttribute('aria-describedby'), 'email-hint')
  await page.locator('#consent').check()
  assert.equal(await errorOf(page, 'consent').count(), 0)
  await page.locator('#email').fill('')
  await send(page)
  assert.equal(await errorOf(page, 'email').textContent(), inviteWording.email)
})

test('with scripts the errors of the server are focused, and give way to those of the page', async (t) => {
  const { page } = await openForm(t)
  await fill(page, 'ann@example.c')
  await send(page)
  await page.locator('.error-summary:focus').waitFor()
  assert.equal(await errorOf(page, 'email').textContent(), inviteWording.email)
  await page.locator('#email').fill('')
  await send(page)
  assert.equal(await page.locator('.error-summary').count(), 0)
  assert.equal(await focused(page), 'email')
  assert.equal(await page.locator('.field-error').count(), 1)
})

test('a button that is pressed twice sends one request, and works again when the page comes back', async (t) => {
  const { site, page, posts } = await openForm(t)
  await fill(page)
  await openEarlier(page, site)
  const states = await page.evaluate(`(() => {
    const button = document.querySelector('main form button')
    for (let press = 0; press < 3; press++) button.click()
    const sending = button.ariaDisabled
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
    return [sending, button.ariaDisabled]
  })()`)
  assert.deepEqual(states, ['true', null])
  await page.waitForURL('**/invite/thanks')
  assert.equal(posts.length, 1)
  assert.equal(site.tasks.length, 1)
})

test('the form can be filled in and sent by the keyboard, which never meets the hidden field', async (t) => {
  const { site, page } = await openForm(t)
  await openEarlier(page, site)
  await page.locator('#email').focus()
  for (const text of ['ann@example.com', 'Ann', 'Onym', 'To try']) {
    await page.keyboard.type(text)
    await page.keyboard.press('Tab')
  }
  assert.equal(await focused(page), 'consent')
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/invite/thanks')
  const [task] = site.tasks
  assert.ok(task?.kind === 'request')
  assert.deepEqual([task.request.name, task.request.company, task.request.purpose], ['Ann', 'Onym', 'To try'])
})

test('while the queue is down the visitor reads so, keeps everything and presses again', async (t) => {
  const { site, page } = await openForm(t)
  site.queueIsDown = true
  await fill(page)
  await openEarlier(page, site)
  await send(page)
  await page.locator('.error-summary:focus', { hasText: 'could not store' }).waitFor()
  site.queueIsDown = false
  await send(page)
  await page.waitForURL('**/invite/thanks')
  assert.equal(site.tasks.length, 1)
})

test('the hidden field is not to be seen, and nothing is wider than a screen of 320', async (t) => {
  const { page } = await openForm(t, { viewport: { width: 320, height: 800 } })
  await send(page)
  const place = await page.locator('#website').boundingBox()
  assert.ok(place && place.x + place.width <= 0, JSON.stringify(place))
  assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 320)
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing wrong with the errors of page and server, ${colorScheme}`, async (t) => {
    const { page } = await openForm(t, { colorScheme })
    const check = async () => {
      await page.evaluate(axe.source)
      const { violations } = (await page.evaluate('axe.run()')) as AxeResults
      assert.deepEqual(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
        [],
      )
    }
    await check()
    await send(page)
    await check()
    await fill(page, 'ann@example.c')
    await send(page)
    await page.locator('.error-summary').waitFor()
    await check()
  })
}
