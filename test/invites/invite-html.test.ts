import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { brotliCompressSync } from 'node:zlib'
import { type ConfigData, HtmlValidate, StaticConfigLoader } from 'html-validate'
import { filled, startInviteSite } from './invite-site.ts'

const presets = ['recommended', 'standard', 'document', 'a11y', 'prettier']
const config: ConfigData = { root: true, extends: presets.map((preset) => `html-validate:${preset}`) }

test('html-validate finds nothing in the pages, nor in a form that comes back', async (t) => {
  const site = await startInviteSite(t)
  const answers = [
    ...['/invite', '/invite/thanks', '/signup/link', '/signup/link/sent'].map((path) => site.get(path)),
    site.post('/invite', { company: 'x'.repeat(101), purpose: 'x'.repeat(1001) }),
    site.post('/invite', filled(site, { opened: '' })),
  ]
  const validator = new HtmlValidate(new StaticConfigLoader(config))
  for (const answer of await Promise.all(answers)) {
    const { results } = await validator.validateString(await answer.text())
    const found = results.flatMap(({ messages }) => messages)
    assert.deepEqual(
      found.map(({ ruleId, selector, message }) => `${ruleId} at ${selector}: ${message}`),
      [],
      answer.url,
    )
  }
})

test('the script of forms is under 1.5 kB, compressed', () => {
  assert.ok(brotliCompressSync(readFileSync('app/static/js/forms.js')).length < 1500)
})
