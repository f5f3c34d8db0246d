import { Asked } from '../cli/asked.ts'
import type { CanaryView } from '../commands/canary-status.ts'
import type { ListedRelease } from '../commands/releases.ts'
import { Failure } from '../failure.ts'
import type { AppStatus } from '../status/app-status.ts'
import { readChart } from './chart.ts'
import { readInstances } from './instances.ts'
import { readLogLines } from './log-lines.ts'
import { type Answer, type Api, type Asking, json, type Route } from './route.ts'
import { readSplit } from './split.ts'
import { may } from './tokens.ts'

const APP = '/v1/apps/{app}'

function read(
  operation: string,
  path: string,
  answer: Route['answer'],
  query: readonly string[] = [],
): Route {
  return { operation, method: 'GET', path, role: 'read', status: 200, query, answer }
}

/** What only tells. */
export const reading: readonly Route[] = [
  read('listApps', '/v1/apps', async (_, { app }) =>
    json([{ app: app.stack, environment: app.environment }]),
  ),
  read('getApp', APP, async (asking, api) => json(await printed<AppStatus>('status', asking, api))),
  read(
    'listComponents',
    `${APP}/components`,
    async (asking, api) => json((await printed<AppStatus>('status', asking, api)).components),
    ['component'],
  ),
  read(
    'listInstances',
    `${APP}/instances`,
    async ({ query, gone }, { app, turns }) =>
      json(await turns.take(() => readInstances(app.stack, query.getAll('component')), gone)),
    ['component'],
  ),
  read('listReleases', `${APP}/releases`, listReleases),
  read('readLogs', `${APP}/logs`, readLogLines, ['component', 'since', 'tail', 'follow']),
  read('getSplit', `${APP}/split`, getSplit),
  read('getCanary', `${APP}/canary`, getCanary),
  read(
    'getCanaryChart',
    `${APP}/canary/chart`,
    async ({ query, gone }, { app, turns }) => {
      const id = query.get('id') ?? undefined
      return json(await turns.take(() => readChart(app.stack, id), gone))
    },
    ['id'],
  ),
  read('listTasks', `${APP}/tasks`, async (_, { tasks }) => json(tasks.list())),
  read('getTask', `${APP}/tasks/{task}`, getTask, ['from']),
  read('listAudit', `${APP}/audit`, async ({ gone }, { audit, turns }) =>
    json(await turns.take(() => audit.read(), gone)),
  ),
]

/** What a verb prints with --json. */
async function printed<T>(verb: string, { token, query, gone }: Asking, api: Api): Promise<T> {
  const asked = new Asked(query.getAll('component'), { json: true })
  let said = ''
  const hearing = {
    who: token.name,
    say: (text: string) => {
      said += text
    },
    complain() {},
    gone,
  }
  await api.turns.take(() => api.perform(verb, asked, hearing), gone)
  return JSON.parse(said) as T
}

/** Whoever may change the split reads it before they do. Those who may not wait with all that look. */
async function getSplit({ token, gone }: Asking, { app, turns, changes }: Api): Promise<Answer> {
  const own = may(token.role, 'operate') ? changes : turns
  return json(await own.take(() => readSplit(app.stack), gone))
}

/** With what it waits for, which only its control knows. */
async function getCanary(asking: Asking, api: Api): Promise<Answer> {
  const view = await printed<CanaryView | null>('canary status', asking, api)
  const waitsFor = view === null || view.phase.kind === 'ended' ? '' : api.going.waitsFor()
  return json(waitsFor === '' ? view : { ...view, waitsFor })
}

/** Without their Compose files: environments of components may have in them what not everybody is to read. */
async function listReleases(asking: Asking, api: Api): Promise<Answer> {
  const all = await printed<readonly (ListedRelease & { current: boolean })[]>('releases', asking, api)
  return json(
    all.map(({ number, when, who, reason, revision, current, canaries }) => ({
      ...{ number, when, who, reason, current },
      ...(revision && { revision }),
      ...(canaries && { canaries }),
    })),
  )
}

async function getTask({ params, query }: Asking, { tasks }: Api): Promise<Answer> {
  const from = query.get('from') ?? '0'
  if (!/^\d{1,9}$/.test(from)) throw new Failure('usage', '"from" is a number of a line, from 0.', '')
  const task = tasks.find(params.task ?? '', Number(from))
  if (task) return json(task)
  throw new Failure(
    'not found',
    'There is no such task here.',
    'A control that was replaced has forgotten its tasks: the app tells what became of it.',
  )
}
