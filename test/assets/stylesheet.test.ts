import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openAssets } from '../../app/assets/assets.ts'
import { staticFiles } from './static-files.ts'

const broken: Record<string, [css: string, message: RegExp]> = {
  'a syntax error': ['a {\n  color red;\n}', /css\/site\.css:2:\d+: unexpected token .*, correct the CSS/],
  'a missing import': [
    '@import "gone.css";',
    /css\/site\.css:1:\d+: the imported file does not exist, correct/,
  ],
  'a url() without a file': [
    'a { background: url(../images/gone.svg) }',
    /css\/site\.css:1:\d+: url\(\.\.\/images\/gone\.svg\) names no file, add \S+static\/images\/gone\.svg/,
  ],
  'a url() of another site': [
    'a { background: url(https://example.com/x.png) }',
    /css\/site\.css:1:\d+: url\(https:\/\/example\.com\/x\.png\) is not a relative path, name a file below/,
  ],
  'a data: URL': ['a { background: url(data:image/png;base64,AA) }', /is not a relative path/],
}

for (const [fault, [css, message]] of Object.entries(broken)) {
  test(`${fault} is reported with its place and what to do`, async (t) => {
    const files = await staticFiles(t)
    await files.write('css/site.css', css)
    await assert.rejects(openAssets(files), { message })
  })
}

test('a fault in an imported file is reported there', async (t) => {
  const files = await staticFiles(t)
  await files.write('css/parts/base.css', 'a{}\n\n}')
  await assert.rejects(openAssets(files), { message: /css\/parts\/base\.css:3:\d+: / })
})

test('with a listener for faults the last good stylesheet stays until the fault is gone', async (t) => {
  const files = await staticFiles(t)
  const good = await openAssets(files)
  const faults: string[] = []
  const onFault = (message: string): void => void faults.push(message)
  await files.write('css/site.css', 'a { color')
  const kept = await openAssets({ ...files, onFault })
  assert.equal(kept.url('css/site.css'), good.url('css/site.css'))
  assert.match(faults.join(), /css\/site\.css:1:\d+: /)

  await files.write('css/site.css', 'a { color: red }')
  const mended = await openAssets({ ...files, onFault })
  assert.equal(String((await mended.read(mended.url('css/site.css')))?.body), 'a{color:red}')
  assert.equal(faults.length, 1)
})
