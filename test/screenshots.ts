import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Browser } from 'playwright-core'
import { publishedKinds } from './e2e/kinds-of-page.ts'
import { openBrowser } from './lab/browser.ts'

const pages = publishedKinds.filter(({ where }) => where === 'production')
const widths = [375, 768, 1440]
const schemes = ['light', 'dark'] as const

const [address, folder = '.cache/screenshots'] = process.argv.slice(2)
if (address === undefined) {
  console.error(
    'No address was given. Start the site, then: npm run screenshots -- http://localhost:8000 [FOLDER]',
  )
  process.exitCode = 2
} else {
  await takeAll(new URL(address), resolve(folder))
}

async function takeAll(site: URL, out: string): Promise<void> {
  await mkdir(out, { recursive: true })
  const browser = await openBrowser()
  try {
    for (const colorScheme of schemes)
      for (const width of widths) await takeOne(browser, site, out, { width, colorScheme })
  } finally {
    await browser.close()
  }
  console.log(`${pages.length * widths.length * schemes.length} screenshots are in ${out}`)
}

async function takeOne(
  browser: Browser,
  site: URL,
  out: string,
  { width, colorScheme }: { width: number; colorScheme: 'light' | 'dark' },
): Promise<void> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme })
  const tab = await context.newPage()
  tab.on('console', (message) => {
    const expected = /status of 404/.test(message.text())
    if (message.type() === 'error' && !expected) console.error(`${tab.url()}: ${message.text()}`)
  })
  for (const { name, path } of pages) {
    await tab.goto(new URL(path, site).href, { waitUntil: 'load' })
    const overflow = await tab.evaluate('document.documentElement.scrollWidth - innerWidth')
    if (Number(overflow) > 0) console.error(`${path} at ${width} px is ${overflow} px too wide`)
    await loadImages(tab)
    await tab.screenshot({
      path: join(out, `${name.replaceAll(' ', '-')}-${width}-${colorScheme}.png`),
      fullPage: true,
    })
  }
  await context.close()
}

/** Lazy images would load only when they come into view. */
async function loadImages(tab: { evaluate(script: string): Promise<unknown> }): Promise<void> {
  await tab.evaluate(`(async () => {
    const images = [...document.images]
    for (const image of images) image.loading = 'eager'
    await Promise.all(images.map((image) => image.decode().catch(() => console.error('cannot show ' + image.src))))
  })()`)
}
