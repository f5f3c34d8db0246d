import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { HtmlValidate } from 'html-validate'
import type { Invite } from '../../app/invites/invite.ts'
import { composeMail, type MailParts } from '../../app/mail/compose-mail.ts'
import { viewsDir } from '../../app/pages/site.ts'
import { createRenderer } from '../../app/templates/renderer.ts'
import { openTemplates } from '../../app/templates/templates.ts'

const cacheDir = mkdtempSync(join(tmpdir(), 'dogfood-cache-'))
after(() => rmSync(cacheDir, { recursive: true, force: true }))
const { render } = createRenderer(await openTemplates({ dir: viewsDir, cacheDir }), {})

const invite: Invite = {
  id: 'x',
  email: 'ada@example.com',
  name: "Ada O'Neill",
  company: '',
  purpose: '',
  state: 'invited',
  requestedAt: '2026-03-02T09:30:00.000Z',
  workspace: 'analytical-engine',
  version: 2,
  deliveredVersion: 1,
  undelivered: [],
}
const url = 'https://www.example.com/signup?token=abc.def.ghi'
const link = { url, expires: Date.parse('2026-11-28T09:30:59.999Z') }
const parts: MailParts = { invite, link, siteName: 'Dog & <Food>', publicUrl: 'https://www.example.com' }

const visibleText = (html: string): string =>
  html
    .replace(/<(style|title)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')

const said = {
  invite: [
    "Hello Ada O'Neill,",
    'Dog & <Food>',
    url,
    'works once, until 28 November 2026 at 09:30 UTC. After that, open it and ask for a new one.',
    'asked for an invite',
    'ignore this mail',
  ],
  welcome: [
    "Hello Ada O'Neill,",
    'Welcome to Dog & <Food>',
    'analytical-engine',
    'an account was made',
    'ignore',
  ],
}

for (const kind of ['invite', 'welcome'] as const) {
  const { subject, text, html } = composeMail(kind, parts, render)

  test(`the ${kind} mail says the same as text and as HTML`, () => {
    assert.ok(subject.includes('Dog & <Food>'))
    for (const body of [text, visibleText(html)]) {
      for (const words of said[kind])
        assert.ok(body.replace(/\s+/g, ' ').includes(words), `${words}: ${body}`)
    }
  })

  test(`the text of the ${kind} mail has no HTML in it, and lines that fit everywhere`, () => {
    assert.doesNotMatch(text, /&(amp|lt|#39);|<\/?[a-z]+>/)
    for (const line of text.split('\n')) assert.ok(line.length <= 78, line)
  })

  test(`the ${kind} mail loads nothing, and runs nothing`, () => {
    assert.doesNotMatch(html, /<(img|script|iframe|link|object|svg|form|video|audio|base)\b/i)
    assert.doesNotMatch(html, /\b(src|srcset|background|action|poster|on[a-z]+)=|url\(|@import|@font-face/i)
  })

  test(`the ${kind} mail links only to what it is given`, () => {
    const addresses = [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)
    assert.deepEqual(new Set(addresses), new Set([url]))
  })

  test(`the ${kind} mail is valid HTML that names its language, and is readable in light and dark`, async () => {
    const rules = {
      'no-inline-style': 'off',
      'doctype-style': 'off',
      'no-trailing-whitespace': 'off',
    } as const
    const report = await new HtmlValidate({ extends: ['html-validate:recommended'], rules }).validateString(
      html,
    )
    assert.deepEqual(
      report.results.flatMap(({ messages }) =>
        messages.map(({ ruleId, message }) => `${ruleId}: ${message}`),
      ),
      [],
    )
    assert.match(html, /<html lang="en">/)
    assert.match(html, /<meta name="color-scheme" content="light dark">/)
    assert.match(html, /@media \(prefers-color-scheme: dark\)/)
  })
}

test('whatever a stranger typed as a name, only names are greeted', () => {
  const name = 'Win money at evil.example <a href="https://evil.example">now</a>'
  for (const kind of ['invite', 'welcome'] as const) {
    const { subject, text, html } = composeMail(kind, { ...parts, invite: { ...invite, name } }, render)
    assert.doesNotMatch(subject + text + html, /evil|money/)
    assert.match(text, /^Hello,$/m)
    assert.match(visibleText(html), /Hello,/)
  }
})

test('company and purpose, which strangers type too, are in no mail', () => {
  const typed = { company: 'evil.example', purpose: 'evil.example' }
  for (const kind of ['invite', 'welcome'] as const) {
    const { subject, text, html } = composeMail(kind, { ...parts, invite: { ...invite, ...typed } }, render)
    assert.doesNotMatch(subject + text + html, /evil/)
  }
})

test('what stands in a mail is escaped', () => {
  const workspace = '<b>"x"</b>'
  const { html } = composeMail('welcome', { ...parts, invite: { ...invite, workspace } }, render)
  assert.ok(html.includes('&lt;b&gt;&quot;x&quot;&lt;/b&gt;'))
  assert.ok(html.includes('Dog &amp; &lt;Food&gt;') && !html.includes('<Food>'))
  const cut = composeMail('invite', { ...parts, link: { ...link, url: `${url}"><script>` } }, render)
  assert.doesNotMatch(cut.html, /<script>/)
})

test('an invite mail without its link is not made', () => {
  const { link: _none, ...rest } = parts
  assert.throws(() => composeMail('invite', rest, render), /needs the link/)
})
