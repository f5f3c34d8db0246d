import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { docker } from '../../kit/docker.ts'
import { Progress } from '../../kit/progress.ts'
import { explain, RolloutFailure } from '../../kit/rollout/failure.ts'
import { alone } from '../../kit/rollout/lock.ts'
import { rolloutCommand } from '../../kit/rollout/rollout-command.ts'

const screen = (isTerminal: boolean) => {
  const told = { said: '', complained: '' }
  const terminal = {
    isTerminal,
    columns: 30,
    say(text: string) {
      told.said += text
    },
    complain(text: string) {
      told.complained += text
    },
  }
  return { told, terminal }
}

test('steps are lines with the time since the beginning; a log gets nothing else', () => {
  const { told, terminal } = screen(false)
  const progress = new Progress(terminal)
  progress.step('Building')
  progress.note('step 3 of 9')
  progress.step('Done')
  assert.match(told.said, /^ +0\.0 s {2}Building\n +0\.0 s {2}Done\n$/)
})

test('on a terminal one line tells what is going on, never wider than the terminal', () => {
  const { told, terminal } = screen(true)
  const progress = new Progress(terminal)
  progress.note('a line of the build that is far too long for it')
  progress.step('Done')
  const [, shown = ''] = told.said.split('\x1b[K')
  assert.equal(shown.replace('\r', '').length, 29)
  assert.ok(told.said.endsWith('\r\x1b[K   0.0 s  Done\n'))
})

test('a failure is told with its last log lines and what to do', () => {
  const told = explain(new RolloutFailure('It ended. Its last log lines:', 'Mend it.', ['one', 'two']))
  assert.equal(told, 'It ended. Its last log lines:\n    one\n    two\nMend it.\n')
})

test('what is typed wrongly is answered with the usage and exit code 2', async () => {
  const { told, terminal } = screen(false)
  assert.equal(await rolloutCommand(['--forth'], terminal), 2)
  assert.match(told.complained, /--forth[\s\S]*Usage: npm run rollout/)
})

test('without Compose files the command ends with 1 and says what is missing', async () => {
  const { told, terminal } = screen(false)
  assert.equal(await rolloutCommand(['--directory', '/nowhere', '--file', '/nowhere/a.yml'], terminal), 1)
  assert.match(told.complained, /nowhere|cannot run/)
})

test('a command that cannot run is named, and so is what a failed one wrote', async () => {
  await assert.rejects(docker({ args: ['no-such-verb'] }), /"docker no-such-verb" (?:exit|cannot run)/)
})

test('only one rollout of a project runs at a time, and a killed one blocks nobody', async () => {
  const project = `test-${process.pid}`
  const holder = spawn(process.execPath, [
    '-e',
    `import('${import.meta.dirname}/../../kit/rollout/lock.ts').then(({ alone }) =>
      alone('${project}', () => { console.log('held'); return new Promise((done) => setTimeout(done, 60000)) }))`,
  ])
  await once(holder.stdout, 'data')
  await assert.rejects(
    alone(project, async () => undefined),
    /Another rollout .* is under way/,
  )
  assert.equal(await alone(`${project}-other`, async () => 'another project'), 'another project')
  holder.kill('SIGKILL')
  await once(holder, 'close')
  assert.equal(await alone(project, async () => 'free'), 'free')
})

test('importing the kit runs nothing', () => {
  const { stdout, status } = spawnSync(process.execPath, [
    '-e',
    `import('${import.meta.dirname}/../../kit/rollout/runbook.ts')`,
  ])
  assert.equal(status, 0)
  assert.equal(stdout.toString(), '')
})
