import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { printStack } from '../../../kit/compile/print.ts'
import { readStack } from '../../../kit/compile/read-stack.ts'
import { run } from '../../lab/command.ts'
import { docker } from '../../lab/docker.ts'
import { compiledCorpus } from './compiled-corpus.ts'
import { stackOf } from './compiling.ts'

const config = (text: string) => run('docker', ['stack', 'config', '--compose-file', '-'], { input: text })

test('Docker takes what every definition of the corpus compiles to, and reads it as it was meant', async () => {
  for (const { name, environment, compiled } of compiledCorpus) {
    const read = readStack((await config(printStack(compiled.stack))).replaceAll('$', '$$$$'))
    const [found, meant] = [read.services, compiled.stack.services]
    assert.deepEqual(Object.keys(found), Object.keys(meant), `${name} of ${environment}`)
    for (const [key, { image, environment, command, entrypoint, deploy }] of Object.entries(meant)) {
      const service = found[key]
      assert.deepEqual(
        [service?.image, service?.environment, service?.command, service?.entrypoint, service?.deploy.labels],
        [image, environment, command, entrypoint, deploy.labels],
        `${name}: ${key}`,
      )
    }
  }
})

test('Docker reads text that YAML takes for something else as text', async () => {
  const texts = [
    '',
    ' ',
    'no',
    'Y',
    'null',
    '0444',
    '1e3',
    '0x1f',
    '12:30',
    '1_000',
    '~',
    '<<',
    '=',
    '- a',
    'a: b',
    '#',
    'a\nb',
  ]
  const written = [
    ...texts,
    '$$HOME $${x} $$$$',
    '\u0085\u2028\ufeff',
    'ä 🦴',
    '"\\',
    '{{.Task.Slot}}',
    '2026-11-21',
    '.inf',
  ]
  const env = Object.fromEntries(written.map((text, index) => [`V${index}`, text]))
  const stack = stackOf({ web: { env: { ...env, y: 'y', No: 'n' }, args: written } })
  const read = readStack((await config(printStack(stack))).replaceAll('$', '$$$$')).services['s-web']
  assert.deepEqual(read?.environment, stack.services['s-web']?.environment)
  assert.deepEqual(read?.command, stack.services['s-web']?.command)
})

const folder = mkdtempSync(join(tmpdir(), 'dogfood-haproxy-'))
after(() => rmSync(folder, { recursive: true }))

test('HAProxy takes every configuration that the kit makes, without a warning', async () => {
  const configs = compiledCorpus.flatMap(({ compiled }) => compiled.configs)
  const made = configs.filter(({ content }) => String(content).startsWith('global\n'))
  assert.ok(made.length > 40)
  chmodSync(folder, 0o755)
  for (const { name, content } of made) writeFileSync(join(folder, `${name}.cfg`), content)
  const check =
    'for file in /configs/*.cfg; do haproxy -c -dW -q -f "$file" || { cat "$file"; exit 1; }; done; echo all'
  assert.equal(
    await docker('run', '--rm', '--volume', `${folder}:/configs:ro`, 'haproxy:3.2.26', 'bash', '-c', check),
    'all',
  )
})
