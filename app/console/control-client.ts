import type { ZodType } from 'zod'
import {
  appAnswer,
  appsAnswer,
  canaryAnswer,
  chartAnswer,
  instancesAnswer,
  type LogLine,
  releasesAnswer,
  splitAnswer,
  taskAnswer,
  tasksAnswer,
} from './control-answers.ts'
import { type ControlAddress, callControl, callPatiently, readJson } from './control-call.ts'
import { ControlError } from './control-error.ts'
import { linesIn } from './log-lines.ts'

/** A change of the app, as docs/control-api.yaml has it. */
export interface ControlChange {
  readonly method: 'POST' | 'PUT'
  /** Below that of the app. */
  readonly path: string
  readonly body: object
}

/** For whom a change is made: both audit trails have the name and the request. */
export interface Author {
  readonly operator: string
  readonly request: string
}

export interface AskedLogs {
  readonly components: readonly string[]
  /** Lines of each instance. */
  readonly tail: number
  readonly follow: boolean
}

export type ControlClient = ReturnType<typeof createControlClient>

// With a change, which is read for first, less than the balancer waits for an answer.
const readMilliseconds = 4000
const changeMilliseconds = 4000

/** Control's API over HTTP, for the one app that it has. Everything rejects with a ControlError. */
export function createControlClient(address: ControlAddress) {
  let known: Promise<string> | undefined

  const read = async <T>(path: string, schema: ZodType<T>, call = callControl): Promise<T> => {
    const signal = AbortSignal.timeout(readMilliseconds)
    return readJson(await call(address, { path, signal }), schema)
  }
  const appPath = (): Promise<string> => {
    known ??= read('/v1/apps', appsAnswer, callPatiently).then(([first]) => `/v1/apps/${first?.app}`)
    // Whatever failed, it is asked for again.
    return known.catch((error: unknown) => {
      known = undefined
      throw error
    })
  }
  const readOfApp = async <T>(path: string, schema: ZodType<T>, call = callControl): Promise<T> =>
    read((await appPath()) + path, schema, call)

  return {
    app: () => readOfApp('', appAnswer),
    instances: () => readOfApp('/instances', instancesAnswer),
    releases: () => readOfApp('/releases', releasesAnswer),
    canary: () => readOfApp('/canary', canaryAnswer),
    tasks: () => readOfApp('/tasks', tasksAnswer),
    task: (id: string) => readOfApp(`/tasks/${encodeURIComponent(id)}`, taskAnswer),

    /** What a change is checked against: pages that look must not keep an operator from it. */
    appToChange: () => readOfApp('', appAnswer, callPatiently),
    split: () => readOfApp('/split', splitAnswer, callPatiently),

    /** The SVG document of a canary; undefined where none was drawn. */
    chart: async (id: string): Promise<string | undefined> => {
      const query = new URLSearchParams({ id })
      const answer = await readOfApp(`/canary/chart?${query}`, chartAnswer).catch((error: unknown) => {
        if (error instanceof ControlError && error.code === 'notFound') return undefined
        throw error
      })
      return answer?.chart
    },

    async change({ method, path, body }: ControlChange, { operator, request }: Author): Promise<void> {
      const headers = { 'x-on-behalf-of': operator, 'x-request-id': request }
      const signal = AbortSignal.timeout(changeMilliseconds)
      const call = { method, path: (await appPath()) + path, body, headers, signal }
      await (await callPatiently(address, call)).body?.cancel()
    },

    /** What instances wrote, as it comes, until the signal ends it. */
    async logs(
      { components, tail, follow }: AskedLogs,
      signal: AbortSignal,
    ): Promise<AsyncIterable<LogLine>> {
      const query = new URLSearchParams(components.map((name) => ['component', name]))
      query.set('tail', String(tail))
      if (follow) query.set('follow', '1')
      return linesIn(await callControl(address, { path: `${await appPath()}/logs?${query}`, signal }))
    },
  }
}
