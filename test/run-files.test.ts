import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { isOfDeadlines, mayRunAgain } from './lanes.ts'
import { onceMore, type Result } from './run-files.ts'

const ran = (passed: number, ...failing: string[]): Result => ({
  passed,
  failed: failing.length,
  failing,
  late: [],
  took: new Map(),
})

const unwanted = () => assert.fail('it ran again')

test('what fails and then passes alone has passed, and is named', async () => {
  const asked: string[][] = []
  const { result, unsteady } = await onceMore(
    ran(7, 'a', 'b'),
    () => true,
    async (files) => {
      asked.push([...files])
      return ran(1, 'b')
    },
  )
  assert.deepEqual(asked, [['a', 'b']])
  assert.deepEqual([result.passed, result.failed, result.failing, unsteady], [8, 1, ['b'], ['a']])
})

test('nothing runs again where nothing failed, or where much did', async () => {
  for (const first of [ran(3), ran(3, 'a', 'b', 'c', 'd', 'e', 'f', 'g')]) {
    const { result, unsteady } = await onceMore(first, () => true, unwanted)
    assert.deepEqual([result, unsteady], [first, []])
  }
})

test('what shows that something is lost has no second chance, and a browser has', async () => {
  const first = ran(3, 'test/e2e/vitals.lab.test.ts', 'test/production/leak.lab.test.ts')
  assert.deepEqual((await onceMore(first, isOfDeadlines, unwanted)).result, first)
  const files = [
    'hostile/slow',
    'e2e/vitals',
    'rollout/configuration',
    'hostile/malformed',
    'e2e/signup-walk',
  ]
  const allowed = files.filter((file) => isOfDeadlines(`test/${file}.lab.test.ts`))
  assert.deepEqual(allowed, ['hostile/slow', 'e2e/vitals'])
  const tried = [
    'tls/acme-trouble',
    'deliveries/lose-nobody-on-the-way',
    'e2e/signup-walk',
    'rollout/configuration',
  ]
  const late = tried.filter((file) => mayRunAgain(`test/${file}.lab.test.ts`, true))
  assert.deepEqual(late, ['tls/acme-trouble'])
  assert.equal(mayRunAgain('test/tls/acme-trouble.lab.test.ts', false), false)
})

test('files that fail, end on their own or are late are told apart', (t) => {
  const folder = mkdtempSync(join(process.cwd(), 'test/.run-files-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const files = {
    'good.ts': `import { test } from 'node:test'; test('good', () => {})`,
    'bad.ts': `import { test } from 'node:test'; test('bad', () => { throw new Error('bad') })`,
    'ends.ts': 'process.exit(3)',
    'late.ts': `import { test } from 'node:test'; import { until } from '../until.ts'
      test('late', () => until(async () => false, 'never', 0.1))
      test('suite', (t) => t.test('slow', { timeout: 100 }, () => new Promise((end) => setTimeout(end, 500))))`,
    'both.ts': `import { test } from 'node:test'; import { until } from '../until.ts'
      test('late', () => until(async () => false, 'never', 0.1))
      test('bad', () => { throw new Error('bad') })`,
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  const all = JSON.stringify(Object.keys(files).map((name) => join(folder, name)))
  const code = `import { runFiles } from '../run-files.ts'
    const { passed, failed, failing, late } = await runFiles(${all}, 1, 1)
    console.log('\\n' + JSON.stringify({ passed, failed, failing, late }))`
  writeFileSync(join(folder, 'runs.ts'), code)
  const args = ['-u', 'NODE_TEST_CONTEXT', process.execPath, join(folder, 'runs.ts')]
  const last = spawnSync('env', args, { encoding: 'utf8' }).stdout.trim().split('\n').at(-1) ?? ''
  const { passed, failed, failing, late } = JSON.parse(last) as Result
  const names = (paths: readonly string[]) => paths.map((path) => path.replace(/.*\//, ''))
  assert.deepEqual([passed, failed], [1, 7])
  assert.deepEqual(names(failing), ['bad.ts', 'ends.ts', 'late.ts', 'both.ts'])
  assert.deepEqual(names(late), ['late.ts'])
})
