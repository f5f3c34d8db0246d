import { existsSync } from 'node:fs'
import type { Browser } from 'playwright-core'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The browser of this machine; an error that says what to install when it has none. */
export function browserPath(): string {
  const found = PLACES.find((place) => existsSync(place))
  if (found === undefined) throw new Error(`no browser at ${PLACES.join(', ')}: install Chromium`)
  return found
}

/** Opens a headless browser; close it when done. */
export async function openBrowser(): Promise<Browser> {
  const { chromium } = await import('playwright-core')
  // Chromium refuses its sandbox to root, and a container's /dev/shm is too small for it.
  const args = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-dev-shm-usage']
  return chromium.launch({ executablePath: browserPath(), args })
}
