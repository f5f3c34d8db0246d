import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** What a load of some seconds gave. */
export interface Load {
  readonly requestsPerSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
}

interface Size {
  readonly seconds: number
  readonly connections?: number
  readonly headers?: Readonly<Record<string, string>>
}

const run = promisify(execFile)
const milliseconds = { us: 0.001, ms: 1, s: 1000, m: 60_000 }

/**
 * Asks for one URL as fast as the server answers, over connections that stay open.
 * @throws when wrk is missing or any answer was not a success
 */
export async function load(url: string, { seconds, connections = 64, headers = {} }: Size): Promise<Load> {
  const headerArguments = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`])
  const size = ['-t1', `-c${connections}`, `-d${seconds}s`, '--latency']
  const { stdout } = await run('wrk', [...size, ...headerArguments, url]).catch(explain)
  const failures = /Non-2xx.*|Socket errors.*/.exec(stdout)
  if (failures) throw new Error(`${url} failed under load: ${failures[0].trim()}`)
  return {
    requestsPerSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]),
    p50: latency(stdout, '50%'),
    p99: latency(stdout, '99%'),
  }
}

function latency(report: string, percentile: string): number {
  const [, number, unit] =
    new RegExp(`^\\s+${percentile}\\s+([\\d.]+)(us|ms|s|m)\\s*$`, 'm').exec(report) ?? []
  return Number(number) * milliseconds[unit as keyof typeof milliseconds]
}

function explain(error: NodeJS.ErrnoException): never {
  if (error.code !== 'ENOENT') throw error
  throw new Error('wrk makes the load and is not installed: apt-get install wrk, or brew install wrk')
}
