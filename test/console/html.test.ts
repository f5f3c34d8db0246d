import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ConfigData, HtmlValidate, StaticConfigLoader } from 'html-validate'
import { startOperatorSite } from '../operators/operator-site.ts'
import { startConsole, stepping } from './console-site.ts'

const presets = ['recommended', 'standard', 'document', 'a11y', 'prettier']
const htmlRules: ConfigData = { root: true, extends: presets.map((preset) => `html-validate:${preset}`) }
const validator = new HtmlValidate(new StaticConfigLoader(htmlRules))

async function findings(html: string): Promise<string[]> {
  const { results } = await validator.validateString(html)
  return results
    .flatMap(({ messages }) => messages)
    .map(({ ruleId, selector, message }) => `${ruleId} at ${selector}: ${message}`)
}

test('html-validate finds nothing in any page of the console', async (t) => {
  const { operator, act } = await startConsole(t, { under: stepping })
  const none = await (await startOperatorSite(t)).signIn()
  const pages = {
    console: await operator.get('/console'),
    said: await operator.get('/console?done=pause'),
    refused: await act('resume'),
    question: await act('promote'),
    logs: await operator.get('/console/logs'),
    lines: await operator.get('/console/logs?component=site/webapp'),
    'no such component': await operator.get('/console/logs?component=x'),
    'no control': await none.get('/console'),
  }
  for (const [name, answer] of Object.entries(pages))
    assert.deepEqual(await findings(await answer.text()), [], name)
})
