import { after, before, test } from 'node:test'
import { HtmlValidate, StaticConfigLoader } from 'html-validate'
import { Findings } from './findings.ts'
import { kindsOfPage } from './kinds-of-page.ts'
import { startWholeSite, type WholeSite } from './whole-site.ts'

const presets = ['recommended', 'standard', 'document', 'a11y', 'prettier']

let site: WholeSite
before(async () => {
  site = await startWholeSite()
})
after(() => site?.stop())

test('html-validate finds nothing in any kind of page', async () => {
  const validator = new HtmlValidate(
    new StaticConfigLoader({ root: true, extends: presets.map((preset) => `html-validate:${preset}`) }),
  )
  const findings = new Findings()
  for (const kind of kindsOfPage) {
    const html = await (await fetch(site.address(kind))).text()
    const { results } = await validator.validateString(html, kind.name)
    for (const { ruleId, selector, message } of results.flatMap(({ messages }) => messages)) {
      findings.add(kind.name, `${ruleId} at ${selector}: ${message}`)
    }
  }
  findings.assertNone()
})
