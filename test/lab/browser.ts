import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Browser } from 'playwright-core'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

// Nothing of the browser's own may reach for the network, and a container's /dev/shm is too small for it.
const flags = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
]

// Chromium refuses its sandbox to root.
const forRoot = () => (process.getuid?.() === 0 ? ['--no-sandbox'] : [])

/** The browser of this machine; an error that says what to install when it has none. */
export function browserPath(): string {
  const found = PLACES.find((place) => existsSync(place))
  if (found === undefined) throw new Error(`no browser at ${PLACES.join(', ')}: install Chromium`)
  return found
}

/** Opens a headless browser, with more flags where a test needs them; close it when done. */
export async function openBrowser(...more: string[]): Promise<Browser> {
  const { chromium } = await import('playwright-core')
  return chromium.launch({ executablePath: browserPath(), args: [...flags, ...forRoot(), ...more] })
}

export interface DebuggableBrowser {
  /** Where it speaks the DevTools protocol, on 127.0.0.1. */
  readonly port: number
  close(): Promise<void>
}

/** Starts a headless browser for a tool that brings its own control of it. */
export async function startDebuggableBrowser(): Promise<DebuggableBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'dogfood-browser-'))
  const own = ['--headless', '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank']
  const child = spawn(browserPath(), [...flags, ...forRoot(), ...own], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = once(child, 'exit')
  const close = async () => {
    child.kill('SIGKILL')
    await ended
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  }
  for await (const line of createInterface(child.stderr)) {
    const port = /^DevTools listening on ws:\/\/[^/]+:(\d+)\//.exec(line)?.[1]
    if (port !== undefined) {
      child.stderr.resume()
      return { port: Number(port), close }
    }
  }
  await close()
  throw new Error(`${browserPath()} ended before it could be controlled`)
}
