import type { RequestHandler } from 'express'
import { operatorView } from '../operators/operator-view.ts'
import type { Site } from '../pages/site.ts'
import { safe } from '../templates/renderer.ts'
import type { ConsoleParts } from './console-parts.ts'
import type { LogLine } from './control-answers.ts'
import type { AskedLogs } from './control-client.ts'
import { controlAway } from './control-error.ts'
import { shownLine } from './log-lines.ts'
import { sayTime } from './said.ts'

const page = { template: 'console-logs', title: 'Logs', url: '/console/logs' } as const
// As in console-page.ts.
const patienceMilliseconds = 900
const tail = 100
const mostShown = 500
const mostComponents = 10
// Between two events; a log may have thousands of lines a second.
const restMilliseconds = 250

/** The newest lines of the components that are asked for. */
export const logPage =
  (parts: ConsoleParts): RequestHandler =>
  async (req, res) => {
    const asked = askedComponents(req.query.component)
    const [{ seen, fault }, read] = await Promise.all([
      parts.watch.latest(patienceMilliseconds),
      readNewest(parts, asked),
    ])
    const names = new Set(seen?.app.components.map(({ component }) => component))
    res.send(
      await operatorView(parts.site(), req, page, {
        asked,
        components: [...names].sort().map((name) => ({ name, isAsked: asked.includes(name) })),
        events: `/console/logs/events?${new URLSearchParams(asked.map((name) => ['component', name]))}`,
        // Safe HTML counts as something, also where it is empty.
        lines: read.lines.length === 0 ? '' : safe(renderLines(parts.site(), read.lines)),
        problem: read.problem ?? fault,
      }),
    )
  }

/** The same lines, and then those that follow, as they come. */
export const logEvents =
  (parts: ConsoleParts): RequestHandler =>
  async (req, res) => {
    const components = askedComponents(req.query.component)
    const stream = parts.streams.begin(req, res)
    let waiting: LogLine[] = []
    const flush = () => {
      if (waiting.length > 0) stream.send('lines', renderLines(parts.site(), waiting.slice(-mostShown)))
      waiting = []
    }
    const timer = setInterval(flush, restMilliseconds)
    try {
      const asked: AskedLogs = { components, tail, follow: true }
      const lines = await parts.control.logs(asked, stream.over)
      // Only then: the page drops what it shows, which its reader keeps while there is nothing else.
      stream.send('begin', '')
      for await (const line of lines) waiting.push(line)
    } catch (error) {
      if (!stream.over.aborted) waiting.push({ notice: controlAway(error).message })
    } finally {
      clearInterval(timer)
      flush()
      stream.end()
    }
  }

/** What comes in time: a log that is long in coming is followed by the script of the page. */
async function readNewest({ control }: ConsoleParts, components: readonly string[]) {
  const lines: LogLine[] = []
  if (components.length === 0) return { lines }
  const patience = AbortSignal.timeout(patienceMilliseconds)
  try {
    for await (const line of await control.logs({ components, tail, follow: false }, patience))
      lines.push(line)
  } catch (error) {
    if (!patience.aborted) return { lines, problem: controlAway(error) }
  }
  return { lines: lines.slice(-mostShown) }
}

function renderLines(site: Site, lines: readonly LogLine[]): string {
  const shown = lines.map(shownLine).map((line) => ({ ...line, timeText: sayTime(line.time) }))
  return site.renderer.render('console/lines', { console: { lines: shown } }).trim()
}

const askedComponents = (asked: unknown): string[] =>
  [...new Set([asked].flat())].filter((name) => typeof name === 'string').slice(0, mostComponents)
