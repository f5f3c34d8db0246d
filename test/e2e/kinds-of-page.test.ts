import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { test } from 'node:test'
import { kindsOfPage } from './kinds-of-page.ts'

test('each template of a page is among the kinds of page that are proven', () => {
  const views = globSync('app/views/*.njk').filter((view) =>
    /extends "layout/.test(readFileSync(view, 'utf8')),
  )
  const proven = new Set(kindsOfPage.flatMap(({ template }) => template ?? []))
  assert.deepEqual(
    views.map((view) => basename(view, '.njk')).filter((name) => !proven.has(name)),
    [],
  )
})

test('each kind of page has a name of its own', () => {
  assert.equal(new Set(kindsOfPage.map(({ name }) => name)).size, kindsOfPage.length)
})
