import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { plain } from '../images/pictures.ts'
import { contentFolder, pages } from '../site/site.ts'

const root = join(import.meta.dirname, '../..')

function check(images: Readonly<Record<string, Buffer>>, text: string) {
  const contentDir = contentFolder({ ...pages, 'pages/shown.md': `---\ntitle: Shown\n---\n${text}\n` })
  mkdirSync(join(contentDir, 'images'), { recursive: true })
  for (const [name, bytes] of Object.entries(images)) writeFileSync(join(contentDir, 'images', name), bytes)
  const cacheDir = mkdtempSync(join(tmpdir(), 'dogfood-cache-'))
  const run = () => {
    const { status, stdout } = spawnSync(process.execPath, ['app/check.ts'], {
      cwd: root,
      env: { PATH: process.env.PATH, CONTENT_DIR: contentDir, CACHE_DIR: cacheDir },
      encoding: 'utf8',
    })
    return { status, lines: stdout.trim().split('\n') }
  }
  return { ...run(), again: run, images: join(cacheDir, 'images') }
}

test('the check makes what pages show, once, and nothing of other pictures', async () => {
  const [used, other] = [await plain(600, 300).jpeg().toBuffer(), await plain(500, 300).png().toBuffer()]
  const { status, images, again } = check(
    { 'used.jpg': used, 'other.png': other },
    '![Used](../images/used.jpg)',
  )
  assert.equal(status, 0)
  const made = readdirSync(images).map((name) => name.replace(/^[0-9a-f]{12}-/, ''))
  assert.deepEqual(made.sort(), ['480.avif', '480.jpg', '480.webp', '600.avif', '600.jpg', '600.webp'])
  const files = () => readdirSync(images).map((name) => statSync(join(images, name)).ino)
  const before = files()
  assert.equal(again().status, 0)
  assert.deepEqual(files(), before)
})

test('a picture that is cut short is a fault of its file', async () => {
  const whole = await plain(600, 300).png({ compressionLevel: 0 }).toBuffer()
  const cut = whole.subarray(0, whole.length / 2)
  const { status, lines } = check({ 'cut.png': cut }, '![Cut](../images/cut.png)')
  assert.equal(status, 1)
  assert.match(
    lines[0] ?? '',
    /^images\/cut\.png:1:1: this picture cannot be decoded \(.+\), save it again from its source$/,
  )
})

test('a bomb of pixels is refused before it is decoded', async () => {
  const bomb = await plain(10, 10).png().toBuffer()
  bomb.writeUInt32BE(60_000, 16)
  bomb.writeUInt32BE(60_000, 20)
  const { status, lines } = check({ 'bomb.png': bomb }, 'Text.')
  assert.equal(status, 1)
  assert.match(
    lines[0] ?? '',
    /^images\/bomb\.png:1:1: this image has 60000 × 60000 pixels, over the limit of 64 million, /,
  )
})
