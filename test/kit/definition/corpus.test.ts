import assert from 'node:assert/strict'
import { test } from 'node:test'
import { convert } from '../../../kit/definition/convert/convert.ts'
import { sayFault } from '../../../kit/definition/fault.ts'
import type { App, Component } from '../../../kit/definition/model.ts'
import { corpus, readExample } from './corpus.ts'

test('the corpus has both formats, and is large', () => {
  const formats = corpus.map((example) => readExample(example, example.environments[0] ?? '').app?.format)
  assert.ok(formats.length >= 30)
  assert.ok(formats.filter((format) => format === 'first').length >= 12)
  assert.ok(formats.filter((format) => format === 'second').length >= 12)
})

for (const example of corpus)
  for (const environment of example.environments)
    test(`${example.name} of ${environment} is read without a fault`, () => {
      const { app, faults } = readExample(example, environment)
      assert.deepEqual(faults.map(sayFault), [])
      assert.ok(app && app.services.flatMap(({ components }) => components).length > 0)
    })

for (const example of corpus) {
  const environment = example.environments[0] ?? ''
  const { app } = readExample(example, environment)
  if (app?.format !== 'second') continue
  test(`${example.name}, rewritten as the first format, is the same app`, () => {
    const { text = '', faults } = convert(example.definition, example.name)
    assert.deepEqual(faults, [])
    const again = readExample(example, environment, text)
    assert.deepEqual(again.faults.map(sayFault), [])
    assert.equal(again.app?.format, 'first')
    assert.deepEqual(withoutPlaces(again.app), withoutPlaces(app))
    // JSON that any editor reads, and the same each time.
    assert.doesNotThrow(() => JSON.parse(text))
    assert.equal(convert(example.definition, example.name).text, text)
  })
}

/** What differs between the formats: where it stands, and readiness that has no effect. */
function withoutPlaces(app: App | undefined) {
  const bare = ({ place, signalReady, ...others }: Component) => {
    assert.ok(place.line > 0, `${signalReady}`)
    return others
  }
  return app?.services.map(({ name, components }) => ({ name, components: components.map(bare) }))
}
