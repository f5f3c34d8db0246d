import assert from 'node:assert/strict'
import { test } from 'node:test'
import { everywhere, ofPage, onSome } from '../../reference/template-table.ts'
import { contentFolder } from '../site/site.ts'
import { namesInTemplates, sharedNames } from './template-names.ts'

const { free, ofPage: read } = await namesInTemplates()

// nunjucks gives this one to every loop.
const ofNunjucks: readonly string[] = ['loop']

test('every name that a template uses is in the reference', () => {
  const known = [...Object.keys(everywhere), ...Object.keys(onSome), ...ofNunjucks]
  assert.ok(free.size > 20)
  assert.deepEqual(
    [...free].filter((name) => !known.includes(name)),
    [],
  )
  assert.deepEqual(
    [...read].filter((name) => !(name in ofPage)),
    [],
  )
})

test('every name of some templates in the reference is used by one', () => {
  assert.deepEqual(
    Object.keys(onSome).filter((name) => !free.has(name)),
    [],
  )
})

test('the names that are there everywhere are those that every template is given', async (t) => {
  const names = await sharedNames(t, contentFolder())
  assert.deepEqual(Object.keys(everywhere).sort(), [...names, 'fragment'].sort())
})
