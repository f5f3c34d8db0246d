import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { ask, browserHeaders } from './answer.ts'
import { type Settings, stopper } from './processes.ts'

/** One start of a server; milliseconds from the moment its process was made. */
export interface Start {
  readonly listening: number
  readonly firstPage: number
  /** Megabytes resident after the first page and the pause. */
  readonly memory: number
}

const root = join(import.meta.dirname, '..')

/** Starts a server that prints its port, asks for its home page once, pauses and stops it. */
export async function timeStart(file: string, env: Settings, pauseMilliseconds = 0): Promise<Start> {
  const start = performance.now()
  const child = spawn(process.execPath, [file], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] })
  const stop = stopper(child)
  try {
    let output = ''
    const port = await new Promise<string>((resolve, reject) => {
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk
        const found = /(?:localhost:|"port":)(\d+)/.exec(output)?.[1]
        if (found) resolve(found)
      })
      child.once('exit', () => reject(new Error(`${file} ended before it listened: ${output}`)))
    })
    const listening = performance.now() - start
    await ask(`http://127.0.0.1:${port}/`, browserHeaders)
    const firstPage = performance.now() - start
    await wait(pauseMilliseconds)
    return { listening, firstPage, memory: residentMegabytes(child.pid ?? 0) }
  } finally {
    await stop()
  }
}

// Linux only, like the website's containers.
function residentMegabytes(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) / 1024
}
