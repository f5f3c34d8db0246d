import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { PRUNE_SCRIPT } from '../../../kit/deploy/prune/script.ts'

/** Runs the script where `docker` does what a shell script says; what a job's log would hold. */
function prune(t: TestContext, docker: string) {
  const folder = mkdtempSync(join(tmpdir(), 'prune-script-'))
  t.after(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'docker'), `#!/bin/sh\n${docker}\n`, { mode: 0o755 })
  const env = {
    PATH: `${folder}${delimiter}${process.env.PATH}`,
    REPOSITORIES: 'app web',
    KEEP: 'app@sha256:2',
  }
  const { status, stdout } = spawnSync('sh', ['-c', PRUNE_SCRIPT], { env, encoding: 'utf8' })
  return { status, lines: stdout.trim().split('\n') }
}

const LISTED = `case "$*" in
  'image ls'*app) echo app@sha256:1; echo app@sha256:2; echo 'app@<none>' ;;
  'image ls'*web) echo web@sha256:1 ;;
  'image rm web'*) exit 1 ;;
esac`

test('images that nobody needs go, but for those in use', (t) => {
  const { status, lines } = prune(t, LISTED)
  assert.deepEqual([status, lines], [0, ['removed app@sha256:1', 'in use web@sha256:1', 'total 1']])
})

test('an engine that does not answer is no engine without images', (t) => {
  const refusing = prune(t, 'echo permission denied >&2; exit 1')
  assert.deepEqual([refusing.status, refusing.lines], [1, ['permission denied']])
})
