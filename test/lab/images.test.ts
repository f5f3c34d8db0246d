import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { IMAGES } from './images.ts'

const root = join(import.meta.dirname, '../..')
const names = [...new Set(IMAGES.map((image) => image.split(':')[0] ?? ''))]
const mentioned = new RegExp(`(?<![\\w./-])(?:${names.join('|')}):[\\w.-]+`, 'g')

const sources = execFileSync('git', ['ls-files', '-z', '*.ts', '*.yml', '*Dockerfile'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\0')
  .filter((file) => file && !file.startsWith('content/'))

test('an image that production starts from is named by its full version', () => {
  const files = sources.filter((file) => file.endsWith('Dockerfile') && !file.startsWith('test/'))
  const from = files.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/^FROM (\S+:\S+)/gm)].map(([, image = '']) => image),
  )
  assert.ok(from.length >= 6)
  for (const image of from) assert.match(image, /:v?\d+\.\d+\.\d+(?:-|$)/)
})

test('every file names the same version of an image, and the lab has it', () => {
  const known: readonly string[] = IMAGES
  for (const file of sources) {
    const images = readFileSync(join(root, file), 'utf8').match(mentioned) ?? []
    for (const image of images.filter((image) => /:v?\d{1,3}(?:[.-]|$)/.test(image)))
      assert.ok(known.includes(image), `${file} names ${image}: expected one of ${known.join(', ')}`)
  }
})
