import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** What a load of some seconds gave. */
export interface Load {
  readonly requestsPerSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  readonly slowest: number
  readonly failed: number
  readonly answered: number
  /** All that wrk printed. */
  readonly report: string
}

/** A program in Lua that makes the requests, and what it is told. */
export interface Script {
  readonly file: string
  readonly args: readonly string[]
}

interface Size {
  readonly seconds: number
  readonly connections?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly script?: Script
  /** Count answers that are no success instead of throwing. */
  readonly countFailures?: boolean
}

const run = promisify(execFile)
const patience = '20s'
const milliseconds = { us: 0.001, ms: 1, s: 1000, m: 60_000 }

/**
 * Asks for one URL as fast as the server answers, over connections that stay open.
 * @throws when wrk is missing or any answer was not a success
 */
export async function load(
  url: string,
  { seconds, connections = 64, headers = {}, script, countFailures = false }: Size,
): Promise<Load> {
  const headerArguments = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`])
  const size = ['-t1', `-c${connections}`, `-d${seconds}s`, '--latency', '--timeout', patience]
  const program = script ? ['-s', script.file] : []
  const told = script ? ['--', ...script.args] : []
  const { stdout: report } = await run('wrk', [...size, ...headerArguments, ...program, url, ...told]).catch(
    explain,
  )
  const failed = failuresIn(report)
  if (failed > 0 && !countFailures) throw new Error(`${url} failed under load:\n${report}`)
  return {
    requestsPerSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(report)?.[1]),
    p50: latency(report, '50%', 1),
    p99: latency(report, '99%', 1),
    slowest: latency(report, 'Latency', 3),
    answered: Number(/(\d+) requests in/.exec(report)?.[1]),
    report,
    failed,
  }
}

/** Answers that were no success, and connections that broke, timed out or were never made. */
export const failuresIn = (report: string): number =>
  [...report.matchAll(/\b(?:responses:|connect|read|write|timeout) (\d+)/g)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  )

/** The time in that column of the line that begins so. */
function latency(report: string, line: string, column: number): number {
  const cell = new RegExp(`^\\s+${line}\\s.*`, 'm').exec(report)?.[0].trim().split(/\s+/)[column] ?? ''
  const [, number, unit] = /^([\d.]+)(us|ms|s|m)$/.exec(cell) ?? []
  return Number(number) * milliseconds[unit as keyof typeof milliseconds]
}

function explain(error: NodeJS.ErrnoException): never {
  if (error.code !== 'ENOENT') throw error
  throw new Error('wrk makes the load and is not installed: apt-get install wrk, or brew install wrk')
}
