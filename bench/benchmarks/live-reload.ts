import { spawn } from 'node:child_process'
import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { cleanCheckout } from '../../test/e2e/checkout.ts'
import { openBrowser } from '../../test/lab/browser.ts'
import { freePort } from '../../test/lab/docker.ts'
import type { Benchmark, Row } from '../benchmark.ts'
import { median } from '../median.ts'
import { stopper } from '../processes.ts'

/** A kind of source: what is saved in it, and how the open page shows the save of that number. */
interface Source {
  readonly key: string
  readonly name: string
  readonly most: number
  readonly file: string
  readonly edit: (text: string, save: number) => string
  /** A script that is true in a page that shows it. */
  readonly shown: (save: number) => string
}

const savesPerRound = 2
const patience = 15_000
const content = 500
const code = 2000

const sources: readonly Source[] = [
  {
    key: 'markdown',
    name: 'Markdown',
    most: content,
    file: 'content/pages/docs/index.md',
    edit: (text, save) => `${text.replace(/\n\nSave \d+\.\n$/, '')}\n\nSave ${save}.\n`,
    shown: (save) => `document.body.innerText.includes('Save ${save}.')`,
  },
  {
    key: 'yaml',
    name: 'YAML',
    most: content,
    file: 'content/data/site.yml',
    edit: (text, save) => text.replace(/^name: .*$/m, `name: Site ${save}`),
    shown: (save) => `document.body.textContent.includes('Site ${save}')`,
  },
  {
    key: 'template',
    name: 'template',
    most: content,
    file: 'app/views/layout.njk',
    edit: (text, save) => text.replace(/<body[^>]*>/, `<body class="save-${save}">`),
    shown: (save) => `document.body.className === 'save-${save}'`,
  },
  {
    key: 'style',
    name: 'style, no page load',
    most: content,
    file: 'app/static/css/site.css',
    edit: (text, save) => `${text}\nh1 { margin-left: ${save}px !important }\n`,
    shown: (save) => `getComputedStyle(document.querySelector('h1')).marginLeft === '${save}px'`,
  },
  {
    key: 'typescript',
    name: 'TypeScript',
    most: code,
    file: 'app/pages/shared-context.ts',
    edit: (text, save) => text.replace(/release: .*? \},/, `release: 'release ${save}' },`),
    shown: (save) => `document.body.textContent.includes('release ${save}')`,
  },
]

/** How long a writer waits from saving a source to seeing it in an open browser. */
export const liveReload: Benchmark = {
  title: 'From saving a source to seeing it in the open browser: slowest, and median as p50',
  async run({ rounds }) {
    const folder = await cleanCheckout()
    symlinkSync(join(import.meta.dirname, '../../node_modules'), join(folder, 'node_modules'))
    const port = await freePort()
    const env = { PORT: String(port), HOST: '127.0.0.1', LOG_LEVEL: 'silent' }
    const child = spawn(process.execPath, ['app/dev.ts'], { cwd: folder, env, stdio: 'ignore' })
    const browser = await openBrowser()
    try {
      const page = await browser.newPage()
      await openSoon(page, `http://127.0.0.1:${port}/docs`)
      return await inTurns(page, folder, rounds * savesPerRound)
    } finally {
      await browser.close()
      await stopper(child)()
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

async function inTurns(page: Page, folder: string, saves: number): Promise<Row[]> {
  const times = sources.map((): number[] => [])
  for (let save = 1; save <= saves; save++) {
    for (const [number, source] of sources.entries())
      times[number]?.push(await saveAndSee(page, folder, source, save))
  }
  return sources.map(({ key, name, most }, number) => ({
    key,
    name,
    value: Math.max(...(times[number] ?? [])),
    unit: 'ms',
    p50: median(times[number] ?? []),
    goal: { of: 'value', most },
  }))
}

async function saveAndSee(page: Page, folder: string, source: Source, save: number): Promise<number> {
  const file = join(folder, source.file)
  const start = performance.now()
  writeFileSync(file, source.edit(readFileSync(file, 'utf8'), save))
  while (performance.now() - start < patience) {
    // While the page is being loaded again there is nothing to ask.
    if (await page.evaluate(source.shown(save)).catch(() => false)) return performance.now() - start
    await wait(5)
  }
  throw new Error(`${source.file}: save ${save} was not shown within ${patience} ms`)
}

async function openSoon(page: Page, url: string): Promise<void> {
  for (const end = performance.now() + patience; performance.now() < end; await wait(100)) {
    if (await page.goto(url).catch(() => undefined)) return
  }
  throw new Error(`${url} does not answer`)
}
