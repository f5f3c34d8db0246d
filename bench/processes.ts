import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { get } from 'node:http'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from '../test/lab/docker.ts'

export type Settings = Readonly<Record<string, string>>

export interface Running {
  readonly url: string
  readonly pid: number
  stop(): Promise<void>
}

const root = join(import.meta.dirname, '..')
const longestStart = 60_000

/** Starts one of `bench/servers` as its own process, with its port as first argument, until it listens. */
export async function startServer(name: string, ...args: string[]): Promise<Running> {
  const port = await freePort()
  return untilListening(run([`bench/servers/${name}.ts`, String(port), ...args], production), port)
}

/** Starts the website as its own process, its log going nowhere, until it listens. */
export async function startWebsite(settings: Settings): Promise<Running> {
  const port = await freePort()
  return untilListening(run(['app/server.ts'], websiteSettings({ PORT: String(port), ...settings })), port)
}

/** Starts an entry of the application with these settings and no others, until it listens. */
export async function startEntry(entry: string, settings: Settings): Promise<Running> {
  const port = await freePort()
  return untilListening(run([entry], { HOST: '127.0.0.1', PORT: String(port), ...settings }), port)
}

const production: Settings = { NODE_ENV: 'production' }

/** The website as production runs it, without the stores that production insists on. */
export const websiteSettings = (settings: Settings): Settings => ({
  HOST: '127.0.0.1',
  LIVE_RELOAD: 'false',
  SERVE_FILES: 'false',
  STAND_INS: 'false',
  DRAFTS: 'false',
  DRAIN_SECONDS: '0',
  LOG_LEVEL: 'silent',
  ...settings,
})

const run = (args: readonly string[], env: Settings): ChildProcess =>
  spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] })

async function untilListening(child: ChildProcess, port: number): Promise<Running> {
  const url = `http://127.0.0.1:${port}`
  const stop = stopper(child)
  const patience = performance.now() + longestStart
  while (!(await answers(url))) {
    if (child.exitCode === null && performance.now() < patience) await wait(20)
    else return stop().then(() => Promise.reject(new Error(`${child.spawnargs.join(' ')} did not start`)))
  }
  return { url, pid: child.pid ?? 0, stop }
}

/** Ends a process politely, and waits until it has ended. */
export const stopper = (child: ChildProcess) => async (): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}

const answers = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    get(url, { agent: false }, (res) => res.resume().on('end', () => resolve(true))).on('error', () =>
      resolve(false),
    )
  })
