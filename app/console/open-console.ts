import type { RequestHandler } from 'express'
import { operatorView } from '../operators/operator-view.ts'
import { isStillSignedIn } from '../operators/still-signed-in.ts'
import { withToken } from '../operators/with-token.ts'
import { canaryChanges } from './canary-changes.ts'
import { changeBy } from './change.ts'
import { lastChart } from './charts.ts'
import { consoleChart, consoleEvents, consolePage } from './console-page.ts'
import type { ConsoleParts, ConsoleSideParts } from './console-parts.ts'
import type { ConsoleHandlers, OpenedConsole } from './console-side.ts'
import { createControlClient } from './control-client.ts'
import type { ControlError } from './control-error.ts'
import { ControlWatch } from './control-watch.ts'
import { EventStreams } from './event-streams.ts'
import { logEvents, logPage } from './log-pages.ts'
import { scaleChange } from './scale-change.ts'

const mostStreams = 20
// After a sign-out a page is told nothing any more within this time; shorter than proxies wait.
const beatMilliseconds = 2000

/** The console of the control that the configuration names; a page that says so where it names none. */
export function openConsole(parts: ConsoleSideParts): OpenedConsole {
  const { config, log } = parts
  const streams = new EventStreams({
    most: mostStreams,
    beatMilliseconds,
    mayLook: (req) => isStillSignedIn(req, config),
  })
  const close = () => streams.close()
  if (config.controlUrl === '' || config.controlToken === '') return { handlers: noConsole(parts), close }
  const control = createControlClient({ url: config.controlUrl, token: config.controlToken })
  const tell = (fault: ControlError | undefined) =>
    fault ? log.warn({ err: fault }, 'control does not answer') : log.info('control answers')
  const watch = new ControlWatch(control, tell)
  return {
    handlers: consoleHandlers({ ...parts, control, watch, streams, charts: lastChart(control) }),
    close,
  }
}

function consoleHandlers(parts: ConsoleParts): ConsoleHandlers {
  const change = (name: keyof typeof canaryChanges) => withToken(changeBy(parts, canaryChanges[name]))
  return {
    page: consolePage(parts),
    events: consoleEvents(parts),
    chart: consoleChart(parts),
    logs: logPage(parts),
    logEvents: logEvents(parts),
    pause: change('pause'),
    resume: change('resume'),
    promote: change('promote'),
    abort: change('abort'),
    share: change('share'),
    scale: withToken(changeBy(parts, scaleChange)),
  }
}

function noConsole({ site }: ConsoleSideParts): ConsoleHandlers {
  const page = { template: 'console-none', title: 'Console', url: '/console' } as const
  const show: RequestHandler = async (req, res) => void res.send(await operatorView(site(), req, page, {}))
  const back: RequestHandler = (_req, res) => res.redirect(303, '/console')
  const others = { events: back, chart: back, logs: back, logEvents: back, pause: back, resume: back }
  return { page: show, ...others, promote: back, abort: back, share: back, scale: back }
}
