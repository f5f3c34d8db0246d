import { existsSync } from 'node:fs'
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

/** Opens a headless browser; close it when done. */
export async function openBrowser(): Promise<Browser> {
  const { chromium } = await import('playwright-core')
  return chromium.launch({ executablePath: browserPath(), args: [...flags, ...forRoot()] })
}
