import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { problemOf } from '../../../kit/api/problem.ts'
import { patiently } from '../../../kit/deploy/watch/patience.ts'
import { docker } from '../../../kit/docker.ts'
import { inEnvironment } from '../../../kit/environment.ts'

/** What comes of a docker that prints what it found and fails for the rest. */
async function failed(t: TestContext, args: readonly string[], work = docker): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'docker-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const program = join(folder, 'docker')
  writeFileSync(program, '#!/bin/sh\necho \'"Data": "c2VjcmV0"\'\necho "no such config: b" >&2\nexit 1\n')
  chmodSync(program, 0o755)
  const env = { PATH: `${folder}${delimiter}${process.env.PATH}` }
  return inEnvironment(env, () => work({ args })).then(
    () => assert.fail('it worked'),
    (error: unknown) => error,
  )
}

test('a problem has what docker complained of, and nothing of what it printed', async (t) => {
  const args = ['config', 'inspect', 'a', 'b']
  const impatient: typeof docker = (command) => patiently(() => docker(command), -1)
  for (const error of [await failed(t, args), await failed(t, args, impatient)]) {
    const problem = problemOf(error, '1')
    assert.equal(problem.lines?.at(-1), 'no such config: b')
    assert.doesNotMatch(JSON.stringify(problem), /Data|c2VjcmV0/)
  }
})

test('what a program in a container printed is why it failed, and its operator is told', async (t) => {
  const error = await failed(t, ['exec', 'balancer', 'reload'])
  assert.deepEqual((error as { lines?: string[] }).lines?.toSorted(), [
    '"Data": "c2VjcmV0"',
    'no such config: b',
  ])
})
