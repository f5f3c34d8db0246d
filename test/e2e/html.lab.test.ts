import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type ConfigData, HtmlValidate, StaticConfigLoader } from 'html-validate'
import { Findings } from './findings.ts'
import { kindsOfPage } from './kinds-of-page.ts'
import { openWholeSite, type WholeSite } from './whole-site.ts'

const presets = ['recommended', 'standard', 'document', 'a11y', 'prettier']
const config: ConfigData = { root: true, extends: presets.map((preset) => `html-validate:${preset}`) }

let site: WholeSite
before(async () => {
  site = await openWholeSite()
})
after(() => site?.stop())

test('html-validate finds nothing in any kind of page', async () => {
  const validator = new HtmlValidate(new StaticConfigLoader(config))
  const findings = new Findings()
  for (const kind of kindsOfPage) {
    const answer = await fetch(site.address(kind))
    assert.equal(answer.status, kind.status, kind.name)
    // These pages and their style are files of one image, which no step of a build could give each other's hash.
    const rules: ConfigData['rules'] = kind.where === 'nginx alone' ? { 'require-sri': 'off' } : {}
    const { results } = await validator.validateString(await answer.text(), kind.name, { rules })
    for (const { ruleId, selector, message } of results.flatMap(({ messages }) => messages)) {
      findings.add(kind.name, `${ruleId} at ${selector}: ${message}`)
    }
  }
  findings.assertNone()
})
