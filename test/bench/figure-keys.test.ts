import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { readFigures } from '../../bench/figures-file.ts'

// They are counted only after this test has passed.
const counts = { measured: '', machine: '', files: 0, passed: 0, unit: 0, lab: 0, seconds: 0 }
const figures = { tests: counts, ...readFigures() }

const code = /^(```|~~~).*?^\1|`[^`\n]*`/gms
const named = /data\.figures\.([\w.]*\w)|^\s*(?:- )?figure: ([\w.]+)$|\bfigure\('([\w.]+)'/gm

const namesIn = (text: string): string[] =>
  [...text.matchAll(named)].map(([, path, field, argument]) => path ?? field ?? argument ?? '')

const at = (path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((value, key) => (value as Readonly<Record<string, unknown>> | undefined)?.[key], figures)

test('every figure that a page or template names was measured', () => {
  const texts = [
    ...globSync('app/views/**/*.njk').map((file) => [file, readFileSync(file, 'utf8')] as const),
    ...globSync('content/**/*.md').map(
      (file) => [file, readFileSync(file, 'utf8').replace(code, '')] as const,
    ),
  ]
  const names = texts.flatMap(([file, text]) => namesIn(text).map((name) => ({ file, name })))
  assert.ok(names.length > 0, 'no page names a figure in a way that this test sees')
  assert.deepEqual(
    names.filter(({ name }) => at(name) === undefined),
    [],
  )
})

test('names of figures are seen in text, in front matter and in templates, and missing ones are missing', () => {
  const text = "{{ data.figures.spike.noCache.p99Ms }}\nfigure: start.bare.ms\n{{ figure('a.b', 'percent') }}"
  assert.deepEqual(namesIn(text), ['spike.noCache.p99Ms', 'start.bare.ms', 'a.b'])
  assert.equal(at('start.nowhere.ms'), undefined)
})
