import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { mirrorIn, ownCertificates } from './machine.ts'

test("the Debian mirror is read from both of apt's formats", () => {
  const deb822 = '# made by hand\nTypes: deb\nURIs: http://mirror.example/debian\nSuites: bookworm\n'
  assert.equal(mirrorIn(deb822), 'http://mirror.example/debian')
  assert.equal(mirrorIn('deb http://mirror.example/debian forky main\n'), 'http://mirror.example/debian')
  assert.equal(mirrorIn('# none\ndeb [arch=amd64] http://two.example/d sid main'), 'http://two.example/d')
  assert.equal(mirrorIn('# deb http://commented.example/debian forky main\n'), undefined)
})

test('certificates the owner of the machine added are found in all folders', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'certificates-'))
  t.after(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'proxy'))
  for (const name of ['one.crt', 'proxy/two.crt', 'README']) writeFileSync(join(folder, name), '')
  assert.deepEqual(ownCertificates(folder).sort(), [join(folder, 'one.crt'), join(folder, 'proxy/two.crt')])
  assert.deepEqual(ownCertificates(join(folder, 'nowhere')), [])
})
