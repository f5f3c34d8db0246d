import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { encodePromoted } from '../../kit/canary/sides.ts'
import { run } from '../lab/command.ts'

const nginx = join(import.meta.dirname, '../../nginx')
const front = readFileSync(join(nginx, 'front.sh'), 'utf8')
const [begin = ''] = /^split=none [\s\S]*?^promoted=$/m.exec(front) ?? []
const [followSplit = ''] = /^follow_split\(\) \{$[\s\S]*?^\}$/m.exec(front) ?? []

/** As front.sh and take-split.sh, but the words are given, and nobody runs nginx. Says of each word what is read of it. */
const script = `
set -u
log() { :; }
timeout() { printf %s "$given"; }
take-split() { bash '${nginx}/write-split.sh' "$1" "$3" >/dev/null; }
configuration= SPLIT_FROM=balancer:8404
${begin}
${followSplit}
for given; do
  if follow_split 2>/dev/null; then echo "read $split \${promoted:--}"; else echo "kept $split \${promoted:--}"; fi
done`

const followed = async (...words: string[]): Promise<string[]> =>
  (await run('bash', ['-c', script, 'bash', ...words])).split('\n')

const at = (percent: number, id = 'c8'): string => `1~17~${id}~${percent}~k3f9a1~`
const full = 'c8~100~k3f9a1~'

test('a canary that had everybody and is gone was not promoted by that', async () => {
  assert.deepEqual(await followed(at(100), 'none'), [`read ${full} -`, 'read none -'])
  const [, , third, fourth] = await followed(
    encodePromoted('c7', 3),
    at(100),
    'none',
    encodePromoted('c7', 19),
  )
  assert.deepEqual([third, fourth], ['read none c7', 'kept none c7'])
})

test('a balancer that starts and knows nothing changes the pages of neither side', async () => {
  assert.deepEqual(await followed(at(100), 'none', at(50)), [
    `read ${full} -`,
    'read none -',
    'read c8~50~k3f9a1~ -',
  ])
})

test('a canary whose balancer says that it was promoted has the pages of everybody', async () => {
  const ended = encodePromoted('c8', 18)
  assert.deepEqual(await followed(at(100), ended, 'none', ended, at(5, 'c9'), encodePromoted('c9', 30)), [
    `read ${full} -`,
    'read none c8',
    'kept none c8',
    'kept none c8',
    'read c9~5~k3f9a1~ c8',
    'read none c9',
  ])
  assert.deepEqual(await followed(ended), ['read none c8'])
})

test('a canary that was promoted gets no side of its own again, whatever a late word says', async () => {
  assert.deepEqual(await followed(encodePromoted('c8', 18), at(100)), ['read none c8', 'kept none c8'])
})
