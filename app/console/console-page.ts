import type { Request, RequestHandler, Response } from 'express'
import { SiteError, statusOf } from '../errors.ts'
import { operatorView } from '../operators/operator-view.ts'
import { csrfOf } from '../sessions/csrf.ts'
import { safe } from '../templates/renderer.ts'
import type { ConsoleParts } from './console-parts.ts'
import type { ControlError } from './control-error.ts'
import type { Watched } from './control-watch.ts'
import { partNames, renderParts } from './parts.ts'

const page = { template: 'console', title: 'Console', url: '/console' } as const

// The balancer waits 1.4 s for the head of a page, and then asks another instance.
const patienceMilliseconds = 900

/** What became of a change, by the word in the address. */
const said: Readonly<Record<string, string>> = {
  pause: 'The canary stays at its share.',
  resume: 'The canary goes on.',
  share: 'The canary has the share.',
  begun: 'It has begun. Below is how far it is.',
}

/** The page, with the newest that is known of the app. */
export const consolePage =
  (parts: ConsoleParts): RequestHandler =>
  async (req, res) =>
    showConsole(parts, req, res, { done: said[String(req.query.done)] })

/** Shows the page, also in answer to a form whose wish was refused. */
export async function showConsole(
  parts: ConsoleParts,
  req: Request,
  res: Response,
  { done, problem }: { done?: string | undefined; problem?: ControlError },
): Promise<void> {
  const watched = await parts.watch.latest(patienceMilliseconds)
  const html = renderParts(parts.site(), watched, csrfOf(req), hasChart(parts, watched))
  const shown = Object.fromEntries(partNames.map((name) => [name, safe(html[name])]))
  const scalable = watched.seen?.app.components.filter(({ kind }) => kind === 'component') ?? []
  if (problem) res.status(statusOf[problem.code])
  res.send(
    await operatorView(parts.site(), req, page, {
      parts: shown,
      scalable: scalable.map(({ component }) => component).sort(),
      done,
      problem,
    }),
  )
}

/** Sends each part when it has changed, for as long as the page is open. */
export const consoleEvents =
  (parts: ConsoleParts): RequestHandler =>
  (req, res) => {
    const stream = parts.streams.begin(req, res)
    const csrf = csrfOf(req)
    const sent = new Map<string, string>()
    const send = (watched: Watched) => {
      const html = renderParts(parts.site(), watched, csrf, hasChart(parts, watched))
      for (const name of partNames) {
        if (sent.get(name) === html[name]) continue
        sent.set(name, html[name])
        stream.send(name, html[name])
      }
    }
    const stop = parts.watch.listen((watched) => {
      try {
        send(watched)
      } catch (error) {
        req.log.error({ err: error }, 'the console cannot be shown')
        stream.end()
      }
    })
    if (stream.over.aborted) stop()
    else stream.over.addEventListener('abort', stop)
  }

const hasChart = ({ charts }: ConsoleParts, { seen }: Watched): boolean =>
  Boolean(seen?.canary?.table && charts.isHere(seen.canary.id))

/** The drawing of the canary that the address names. */
export const consoleChart =
  ({ charts }: ConsoleParts): RequestHandler =>
  async (req, res) => {
    const chart = await charts.of(String(req.query.canary))
    if (chart === undefined) throw new SiteError('notFound', 'no chart of this canary')
    // Whoever opens it by itself opens a document: it may run nothing.
    res
      .set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'")
      .type('svg')
      .send(chart)
  }
