import { until } from '../until.ts'
import type { Front } from './front.ts'

export interface TheAnswer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Milliseconds until it answers. */
  readonly after?: number
  readonly toEverybody?: TheAnswer
}

export interface Asked {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

/** An app behind nginx that answers what the test wants. */
export interface ToldApp {
  readonly container: Awaited<ReturnType<Front['startUpstream']>>
  /** From now on the path is answered so: 200 without headers, where nothing is said. */
  tell(path: string, answer: TheAnswer): Promise<void>
  /** What it was asked since the last time. */
  asked(path: string): Promise<Asked[]>
}

const whole = ({ status = 200, headers = {}, body = '', after, toEverybody }: TheAnswer): object => ({
  ...{ status, headers, body, after },
  ...(toEverybody && { toEverybody: whole(toEverybody) }),
})

export async function startToldApp(front: Front): Promise<ToldApp> {
  const container = await front.startUpstream('told-app.ts')
  const url = `http://127.0.0.1:${container.port(8001)}`
  const tell = async (path: string, answer: TheAnswer) => {
    await fetch(url, { method: 'POST', body: JSON.stringify({ [path]: whole(answer) }) })
  }
  await until(
    () =>
      tell('/page', {}).then(
        () => true,
        () => false,
      ),
    'the app to start',
  )
  await until(async () => (await front.ask('/page')).status === 200, 'the app to be found')
  return {
    container,
    tell,
    asked: async (path) => (await (await fetch(url + path)).json()) as Asked[],
  }
}
