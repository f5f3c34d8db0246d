import type { ChartView } from '../api/chart.ts'
import type { Asked } from '../cli/asked.ts'
import { askedStack } from '../cli/asked-stack.ts'
import type { Context } from '../cli/context.ts'
import { usage } from '../cli/parse.ts'
import { untilEnded } from '../cli/until-ended.ts'
import type { Act } from '../cli/verb.ts'
import { type CanaryView, saveChart, showCanary } from '../commands/canary-status.ts'
import { type ListedRelease, showReleases } from '../commands/releases.ts'
import { showStatus } from '../commands/status.ts'
import type { Failure } from '../failure.ts'
import { type LogLine, sayLine } from '../logs/line.ts'
import type { AppStatus } from '../status/app-status.ts'
import { connectionTo } from './connection.ts'

/** The verbs that only tell, as the API has them. */
export const remoteReading: Readonly<Record<string, Act>> = {
  status: async (asked, context) => {
    const { api, app } = connected(asked, context)
    return showStatus(() => api.ask<AppStatus>('GET', app), asked, context)
  },
  releases: async (asked, context) => {
    const { api, app } = connected(asked, context)
    return showReleases(await api.ask<ListedRelease[]>('GET', `${app}/releases`), asked, context)
  },
  'canary status': canaryStatus,
  logs: async (asked, context) => {
    const { api, app } = connected(asked, context)
    const { terminal } = context
    const end = untilEnded(context)
    const print = (line: LogLine | { readonly notice: string }) => {
      if ('notice' in line) terminal.complain(`${line.notice}\n`)
      else terminal.say(asked.flag('json') ? `${JSON.stringify(line)}\n` : sayLine(line))
    }
    const query = logQuery(asked)
    await api
      .lines(`${app}/logs?${query}`, (line) => print(line as LogLine), end)
      .catch((error: unknown) => {
        if (!end.aborted) throw error
      })
    return 0
  },
}

/** The status of the last canary alone is there, the chart of each that is kept. */
async function canaryStatus(asked: Asked, context: Context): Promise<number> {
  const { api, app, stack } = connected(asked, context)
  const [id, file] = [asked.text('id'), asked.text('chart')]
  const view = await api.ask<CanaryView | null>('GET', `${app}/canary`)
  const isLast = id === undefined || id === view?.id
  if (!isLast && (file === undefined || asked.flag('json'))) throw olderCanary(id)
  if (file !== undefined) {
    const query = id === undefined ? '' : `?${new URLSearchParams({ id })}`
    saveChart(asked, context, (await api.ask<ChartView>('GET', `${app}/canary/chart${query}`)).chart)
  }
  if (isLast) return showCanary(view, stack, asked, context)
  context.terminal.complain(
    `With --api there is only the chart of ${id}; its status is shown with the engine.\n`,
  )
  return 0
}

const olderCanary = (id: string): Failure =>
  usage(
    `--id ${id} asks the engine, as it is not the last canary: with --api there is only its chart, by --chart FILE without --json.`,
  )

function connected(asked: Asked, context: Context) {
  const { stack } = askedStack(asked, context)
  return { stack, app: `/v1/apps/${stack}`, api: connectionTo(asked, context) }
}

function logQuery(asked: Asked): URLSearchParams {
  const query = new URLSearchParams(asked.words.map((word) => ['component', word]))
  for (const name of ['since', 'tail']) {
    const text = asked.text(name)
    if (text !== undefined) query.set(name, text)
  }
  if (asked.flag('follow')) query.set('follow', '1')
  return query
}
