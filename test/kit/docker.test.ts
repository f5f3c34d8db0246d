import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type Command, change, docker, follow } from '../../kit/docker.ts'
import { dryRun } from '../../kit/dry-run.ts'
import { inEnvironment } from '../../kit/environment.ts'
import { shellLine } from '../../kit/shell-line.ts'

/** A program called docker that does what the script says. */
function program(t: TestContext, script: string): NodeJS.ProcessEnv {
  const folder = mkdtempSync(join(tmpdir(), 'docker-'))
  t.after(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'docker'), `#!/bin/sh\n${script}\n`)
  chmodSync(join(folder, 'docker'), 0o755)
  return { PATH: `${folder}${delimiter}${process.env.PATH}`, SEEN: 'seen' }
}

test('a command gets its input, its variables, and those of the context', async (t) => {
  const env = program(t, 'echo "$* $SEEN $MORE"; cat')
  const said = await inEnvironment(env, () =>
    docker({ args: ['secret', 'create'], env: { MORE: 'more' }, input: 'content\n' }),
  )
  assert.equal(said, 'secret create seen more\ncontent')
})

test('a command that leaves its input unread fails with what it said, not with the pipe', async (t) => {
  const env = program(t, 'echo refused >&2; exit 3')
  const input = 'x'.repeat(1_000_000)
  await assert.rejects(
    inEnvironment(env, () => docker({ args: ['a'], input })),
    (error: Error & { lines?: string[] }) => /exit 3/.test(error.message) && error.lines?.[0] === 'refused',
  )
})

test('lines are handed on as they come, each with where it was written', async (t) => {
  const env = program(t, 'echo one; echo two >&2; exit 4')
  const lines: string[] = []
  const code = await inEnvironment(env, () =>
    follow({ args: [] }, (line, to) => void lines.push(`${to} ${line}`)),
  )
  assert.deepEqual([code, lines.sort()], [4, ['errors two', 'output one']])
})

test('what is followed ends with its signal', async (t) => {
  const env = program(t, 'echo begun; exec sleep 60')
  const controller = new AbortController()
  const code = await inEnvironment(env, () =>
    follow({ args: [] }, () => controller.abort(), controller.signal),
  )
  assert.notEqual(code, 0)
})

test('a dry run tells changes and makes none, and still reads', async (t) => {
  const env = program(t, 'echo ran "$@"')
  const told: string[] = []
  const answers = await inEnvironment(env, () =>
    dryRun(
      (text) => void told.push(text),
      async () => [await docker({ args: ['node', 'ls'] }), await change({ args: ['node', 'rm', 'a b'] })],
    ),
  )
  assert.deepEqual(answers, ['ran node ls', ''])
  assert.deepEqual(told, ["docker node rm 'a b'\n"])
})

const commands: readonly Command[] = [
  { args: ['stack', 'deploy', '-c', '-', 'a'], input: "a: 'b'\n$c `d` \\\nEND\n" },
  { args: ['service', 'create', '--env', "A=it's $HOME", ''], env: { DOCKER_HOST: 'ssh://a b' } },
  { args: ['config', 'create', 'a', '-'], input: new TextEncoder().encode('no end of line') },
]
for (const [index, command] of commands.entries()) {
  test(`what a dry run tells can be typed: command ${index + 1}`, (t) => {
    const env = program(t, 'printf "%s|" "$DOCKER_HOST" "$@"; cat')
    const said = execFileSync('sh', ['-c', shellLine(command)], { env, encoding: 'utf8', input: '' })
    const { args, env: variables = {}, input = '' } = command
    const text = typeof input === 'string' ? input : 'no end of line\n'
    assert.equal(said, `${variables.DOCKER_HOST ?? ''}|${args.map((arg) => `${arg}|`).join('')}${text}`)
  })
}

test('a secret is never told, only the file it would come from', () => {
  const line = shellLine({
    args: ['secret', 'create', 'a', '-'],
    input: 'hunter2',
    inputIs: 'the content of a',
  })
  assert.equal(line, "docker secret create a - < 'the content of a'\n")
})
