import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { writeRelease } from '../../kit/deploy/release.ts'
import { environment } from '../../kit/environment.ts'
import { manyComponents } from '../../test/kit/compile/many.ts'
import type { Benchmark, Row } from '../benchmark.ts'
import { describeMachine } from '../machine.ts'
import { median } from '../median.ts'
import { quickDocker } from '../quick-docker.ts'

const root = join(import.meta.dirname, '../..')
const program = join(root, 'kit/swarm.mjs')
const STACK = 'dogfood-production'
const HUNDREDS = 500
const MOST_MILLISECONDS = 150
const MOST_MILLISECONDS_OF_MANY = 1000

const node = promisify(execFile)

interface Command {
  readonly key: string
  readonly name: string
  readonly args: readonly string[]
  readonly folder: string
  /** Where its docker is; the machine's own without it. */
  readonly docker?: string
  readonly most?: number
}

/** What an operator waits for who only wants to see: whole commands, their process included. */
export const swarmCompile: Benchmark = {
  title: 'swarm compile and diff of the site, and compile of 500 components: whole commands',
  how: ({ rounds }) => `${describeMachine()}; ${rounds} rounds, after one that is not measured.`,
  async run({ rounds }) {
    const many = manyFolder()
    const docker = quickDocker(STACK, await keptRelease())
    try {
      const commands = commandsWith(many, docker)
      for (const command of commands) await timed(command)
      const times = commands.map((): number[] => [])
      for (let round = 0; round < rounds; round++)
        for (const [index, command] of commands.entries()) times[index]?.push(await timed(command))
      const rows = commands.map((command, index) => rowOf(command, times[index] ?? []))
      return [...rows, withoutAnswers(new Map(commands.map(({ key }, index) => [key, times[index] ?? []])))]
    } finally {
      for (const folder of [many, docker]) rmSync(folder, { recursive: true })
    }
  },
}

const commandsWith = (many: string, docker: string): readonly Command[] => [
  { key: 'node', name: 'node, with nothing to do', args: ['--eval', '0'], folder: root },
  {
    key: 'compile',
    name: 'swarm compile',
    args: [program, '--env', 'dogfood/production', 'compile'],
    folder: root,
    most: MOST_MILLISECONDS,
  },
  {
    key: 'diff',
    name: 'swarm diff, with an engine that answers at once',
    args: [program, '--env', 'dogfood/production', 'diff', '--offline'],
    folder: root,
    docker,
  },
  {
    key: 'answers',
    name: 'node, with the same questions to that engine',
    args: ['--eval', questions],
    folder: root,
    docker,
  },
  {
    key: 'many',
    name: `swarm compile of ${HUNDREDS} components`,
    args: [program, '--env', 'many/bench', '--var', 'tag=1', 'compile'],
    folder: many,
    most: MOST_MILLISECONDS_OF_MANY,
  },
]

/** What `diff` asks: five at once, and the sixth once it knows the ids. */
const questions = `
  const ask = require('node:util').promisify(require('node:child_process').execFile)
  const first = ['service ls', 'stack ps', 'node ls', 'secret ls'].map((words) => ask('docker', words.split(' ')))
  first.push(ask('docker', ['config', 'ls']).then(() => ask('docker', ['config', 'inspect', 'a'])))
  Promise.all(first)`

/** What `diff` takes without the answers of the cluster. */
function withoutAnswers(times: ReadonlyMap<string, readonly number[]>): Row {
  const [diff = [], answers = [], bare = []] = ['diff', 'answers', 'node'].map((key) => times.get(key))
  const own = diff.map((time, round) => time - (answers[round] ?? NaN) + (bare[round] ?? NaN))
  return rowOf(
    { key: 'own', name: 'swarm diff without the answers', args: [], folder: root, most: MOST_MILLISECONDS },
    own,
  )
}

function manyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dogfood-bench-many-'))
  writeFileSync(join(folder, 'swarm.json'), manyComponents(HUNDREDS))
  return folder
}

/** A release of the site as it is now, with another image, so that there is something to tell. */
async function keptRelease(): Promise<string> {
  const args = [program, '--env', 'dogfood/production', 'compile']
  const { stdout } = await node(process.execPath, args, { cwd: root })
  return writeRelease({
    number: 1,
    who: 'bench',
    when: '2026-11-21T16:33:05Z',
    reason: 'up',
    environment: 'dogfood/production',
    stack: stdout.replaceAll('dogfood-webapp:current', 'dogfood-webapp:before'),
    images: [],
    secrets: [],
    configs: [],
    specs: {},
  })
}

/** Milliseconds from the start of a command to its end. */
async function timed({ args, folder, docker }: Command): Promise<number> {
  const env = environment()
  const PATH = docker === undefined ? env.PATH : `${docker}${delimiter}${env.PATH}`
  const begun = performance.now()
  await node(process.execPath, args, { cwd: folder, env: { ...env, PATH }, maxBuffer: 2 ** 26 })
  return performance.now() - begun
}

const rowOf = ({ key, name, most }: Command, times: readonly number[]): Row => ({
  key,
  name,
  unit: 'ms',
  value: median(times),
  facts: { slowestMs: Math.round(Math.max(...times)) },
  ...(most !== undefined && { goal: { of: 'value', most } }),
})
