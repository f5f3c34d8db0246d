import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { git } from '../../kit/docker.ts'
import { Interrupted, interruptible, regardless } from '../../kit/interruption.ts'

const kit = join(import.meta.dirname, '../../kit')

test('after an interruption no command is begun but those that clean up', async () => {
  const interrupted = AbortSignal.abort(new Interrupted('SIGINT'))
  await interruptible(interrupted, async () => {
    await assert.rejects(git('--version'), Interrupted)
    assert.match(await regardless(() => git('--version')), /git/)
    await assert.rejects(git('--version'), Interrupted)
  })
  assert.match(await git('--version'), /git/)
})

/** A process that runs such a command for four seconds, which Ctrl-C on a terminal would reach, and says what came of it. */
async function interrupted(t: TestContext, mayBreakOff: boolean, ...signals: NodeJS.Signals[]) {
  const folder = mkdtempSync(join(tmpdir(), 'interruption-'))
  t.after(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'docker'), '#!/bin/sh\necho begun >&2\nsleep 4\necho ended\n', { mode: 0o755 })
  const program = `
    const { interruption, interruptible } = await import('${kit}/interruption.ts')
    const { docker } = await import('${kit}/docker.ts')
    const onLine = (line) => console.log(line)
    const work = () => docker({ args: [] }, { onLine, mayBreakOff: ${mayBreakOff} }).then(() => docker({ args: [] }))
    await interruptible(interruption(process), work).catch((error) => console.log(error.message))
    process.exit(0)`
  const env = { ...process.env, PATH: folder + delimiter + process.env.PATH }
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { env, detached: true })
  let told = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    told += text
  })
  await once(child.stdout, 'data')
  const begun = performance.now()
  for (const signal of signals) process.kill(-Number(child.pid), signal)
  await once(child, 'close')
  return { told: told.trim().split('\n'), seconds: (performance.now() - begun) / 1000 }
}

test('a command that changes something is ended first, also by a Ctrl-C that npm passes on once more', async (t) => {
  const { told } = await interrupted(t, false, 'SIGINT', 'SIGINT')
  assert.deepEqual(told, ['begun', 'ended', 'interrupted by SIGINT'])
})

test('a build is broken off at once', async (t) => {
  const { told, seconds } = await interrupted(t, true, 'SIGTERM')
  assert.deepEqual(told, ['begun', 'interrupted by SIGTERM'])
  assert.ok(seconds < 3.5)
})
