import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'

const module = join(import.meta.dirname, '../../app/logging/standard-output.ts')
/** Arguments that run `body` as a process of its own, with `output` at hand. */
const script = (body: string) => [
  '--input-type=module',
  '--eval',
  `import { standardOutput } from ${JSON.stringify(module)}\nconst output = standardOutput()\n${body}`,
]

test('every line is written, in order, by a process that ends at once', () => {
  const { stdout } = spawnSync(
    process.execPath,
    script("for (let n = 0; n < 20_000; n++) output.write('line ' + n + '\\n')\nprocess.exit(0)"),
    { encoding: 'utf8', maxBuffer: 10 ** 7 },
  )
  assert.deepEqual(
    stdout.trim().split('\n'),
    Array.from({ length: 20_000 }, (_, n) => `line ${n}`),
  )
})

test('the last lines before a crash are written', () => {
  const { stdout } = spawnSync(
    process.execPath,
    script("output.write('before\\n')\nthrow new Error('crash')"),
    {
      encoding: 'utf8',
    },
  )
  assert.equal(stdout, 'before\n')
})

test('a single line is written soon, while the process goes on', { timeout: 10_000 }, async (t) => {
  const child = spawn(process.execPath, script("output.write('alone\\n')\nsetInterval(() => {}, 1000)"))
  t.after(() => child.kill('SIGKILL'))
  const [chunk] = await once(child.stdout, 'data')
  assert.equal(String(chunk), 'alone\n')
})
