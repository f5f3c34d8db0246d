import assert from 'node:assert/strict'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { ContentError, formatFault } from '../../app/content/fault.ts'
import { createRenderer, safe } from '../../app/templates/renderer.ts'
import { openTemplates } from '../../app/templates/templates.ts'

const cacheDir = () => mkdtempSync(join(tmpdir(), 'dogfood-cache-'))

function folder(files: Record<string, string>): string {
  const dir = mkdtempSync(join(tmpdir(), 'dogfood-views-'))
  mkdirSync(join(dir, 'fragments'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text)
  return dir
}

const faultOf = (render: () => unknown): string => {
  try {
    render()
  } catch (error) {
    if (error instanceof ContentError) return error.faults.map(formatFault).join('\n')
    throw error
  }
  return 'no fault'
}

test('values are escaped, and only what is marked safe is not', async () => {
  const templates = await openTemplates({ dir: folder({ 'a.njk': '{{ x }} {{ y }}' }), cacheDir: cacheDir() })
  const html = createRenderer(templates, {}).render('a', { x: '<b>', y: safe('<i>') })
  assert.equal(html, '&lt;b&gt; <i>')
})

test('a fragment is rendered once for each argument', async () => {
  const dir = folder({
    'a.njk': `{{ fragment('f', 'one') }}{{ fragment('f', 'one') }}{{ fragment('f', 'two') }}`,
    'fragments/f.njk': '[{{ count(section) }}]',
  })
  const templates = await openTemplates({ dir, cacheDir: cacheDir() })
  const rendered: string[] = []
  const renderer = createRenderer(templates, { count: (section: string) => rendered.push(section) })
  assert.equal(renderer.render('a', {}), '[1][1][2]')
  assert.equal(renderer.render('a', {}), '[1][1][2]')
  assert.deepEqual(rendered, ['one', 'two'])
})

test('a template that cannot be compiled is a fault with its place, and the others work', async () => {
  const dir = folder({ 'good.njk': 'good', 'bad.njk': 'line one\n{% if %}\n' })
  const templates = await openTemplates({ dir, cacheDir: cacheDir() })
  const renderer = createRenderer(templates, {})
  assert.equal(renderer.render('good', {}), 'good')
  assert.match(
    faultOf(() => renderer.render('bad', {})),
    /^views\/bad\.njk:2:\d+: .*, mend the template at this place$/,
  )
})

test('a template that fails while it renders is a fault with its place, in a layout and in a fragment too', async () => {
  const dir = folder({
    'layout.njk': '<main>{% block main %}{% endblock %}</main>',
    'page.njk': '{% extends "layout.njk" %}\n{% block main %}\n\n{{ missing() }}{% endblock %}',
    'around.njk': `{{ fragment('f') }}`,
    'fragments/f.njk': '\n{{ missing() }}',
  })
  const renderer = createRenderer(await openTemplates({ dir, cacheDir: cacheDir() }), {})
  assert.match(
    faultOf(() => renderer.render('page', {})),
    /^views\/page\.njk:4:\d+: .*missing/,
  )
  assert.match(
    faultOf(() => renderer.render('around', {})),
    /^views\/fragments\/f\.njk:2:\d+: .*missing/,
  )
  assert.match(
    faultOf(() => renderer.render('none', {})),
    /none\.njk/,
  )
})

test('what was compiled is used again until a file changes', async () => {
  const dir = folder({ 'a.njk': 'one' })
  const cache = cacheDir()
  const first = await openTemplates({ dir, cacheDir: cache })
  const saved = join(cache, 'templates.json')
  writeFileSync(saved, readFileSync(saved, 'utf8').replace('one', 'eno'))
  const again = await openTemplates({ dir, cacheDir: cache })
  assert.equal(createRenderer(again, {}).render('a', {}), 'eno')
  assert.equal(again.version, first.version)

  writeFileSync(join(dir, 'a.njk'), 'two')
  utimesSync(join(dir, 'a.njk'), 1, 1)
  const changed = await openTemplates({ dir, cacheDir: cache })
  assert.equal(createRenderer(changed, {}).render('a', {}), 'two')
  assert.notEqual(changed.version, first.version)
})

test('copies of the same templates have the same version', async () => {
  const [one, other] = [folder({ 'a.njk': 'x' }), folder({ 'a.njk': 'x' })]
  utimesSync(join(other, 'a.njk'), 1, 1)
  assert.notEqual(statSync(join(one, 'a.njk')).mtimeMs, statSync(join(other, 'a.njk')).mtimeMs)
  const [a, b] = await Promise.all([one, other].map((dir) => openTemplates({ dir, cacheDir: cacheDir() })))
  assert.equal(a?.version, b?.version)
})

test('a damaged or unwritable cache is no error', async () => {
  const dir = folder({ 'a.njk': 'x' })
  const cache = cacheDir()
  writeFileSync(join(cache, 'templates.json'), '{"stamp":')
  assert.equal(createRenderer(await openTemplates({ dir, cacheDir: cache }), {}).render('a', {}), 'x')
  const unwritable = join(cache, 'templates.json', 'no folder')
  assert.equal(createRenderer(await openTemplates({ dir, cacheDir: unwritable }), {}).render('a', {}), 'x')
  assert.equal(existsSync(unwritable), false)
})
