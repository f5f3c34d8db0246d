import type { z } from 'zod'
import {
  abortBody,
  canaryBody,
  componentsBody,
  detachBody,
  noBody,
  rollbackBody,
  scaleBody,
  splitBody,
  updateBody,
} from './bodies.ts'
import { checked } from './body.ts'
import { canaryChange } from './canary-change.ts'
import { beginChange, type Change, changeNow, lockOptions } from './change.ts'
import { type Api, json, type Route } from './route.ts'
import { scaleChange } from './scale-change.ts'
import { needCanary, readSplit } from './split.ts'

const APP = '/v1/apps/{app}'

interface Path {
  readonly operation: string
  readonly method?: 'POST' | 'PUT'
  readonly path: string
  readonly role: 'operate' | 'deploy'
  readonly needs?: 'canary'
}

type ChangeOf<T> = (body: T, api: Api, gone: AbortSignal) => Change | Promise<Change>

/** A change that goes on when its request is answered, by a task to look at. */
function long<T>(path: Path, body: z.ZodType<T>, changeOf: ChangeOf<T>): Route {
  return route(path, 202, body, async (asking, api) => {
    const good = checked(body, asking.body)
    if (path.needs === 'canary') await api.changes.take(() => needCanary(api.app.stack), asking.gone)
    const change = await changeOf(good, api, asking.gone)
    const task = beginChange(change, path.operation, asking, api)
    const location = `/v1/apps/${api.app.stack}/tasks/${task.id}`
    return json(task, 202, { Location: location })
  })
}

/**
 * A change of the canary that is made at once, and answers how visitors are split by now. All of it is one turn, or it
 * could be made and answered as if it were not.
 */
function short<T>(path: Path, body: z.ZodType<T>, changeOf: (body: T) => Change): Route {
  return route(path, 200, body, async (asking, api) => {
    const change = changeOf(checked(body, asking.body))
    const make = async () => {
      await needCanary(api.app.stack)
      await changeNow(change, path.operation, asking, api)
      return json(await readSplit(api.app.stack))
    }
    return api.changes.take(make, asking.gone)
  })
}

const route = (path: Path, status: number, body: z.ZodType, answer: Route['answer']): Route => ({
  method: 'POST',
  ...path,
  path: `${APP}${path.path}`,
  status,
  query: [],
  body,
  answer,
})

const operate = (operation: string, path: string): Path => ({ operation, path, role: 'operate' })
const deploy = (operation: string, path: string): Path => ({ operation, path, role: 'deploy' })
const ofCanary = (path: Path): Path => ({ ...path, needs: 'canary' })

const named =
  (verb: string): ChangeOf<z.infer<typeof componentsBody>> =>
  ({ components, ...locking }) => ({ verb, words: components, options: lockOptions(locking) })

/** What changes something. */
export const changing: readonly Route[] = [
  long(operate('scale', '/scale'), scaleBody, scaleChange),
  long(operate('start', '/start'), componentsBody, named('start')),
  long(operate('stop', '/stop'), componentsBody, named('stop')),
  long(operate('restart', '/restart'), componentsBody, named('restart')),
  long(deploy('update', '/update'), updateBody, ({ components, strategy, ...locking }) => ({
    verb: 'update',
    words: components.map(({ component, tag }) => (tag === undefined ? component : `${component}=${tag}`)),
    options: { strategy, ...lockOptions(locking) },
  })),
  long(deploy('rollback', '/rollback'), rollbackBody, ({ release, ...locking }) => ({
    verb: 'rollback',
    words: release === undefined ? [] : [String(release)],
    options: lockOptions(locking),
  })),
  long(deploy('startCanary', '/canary'), canaryBody, canaryChange),
  long(ofCanary(operate('promoteCanary', '/canary/promote')), detachBody, ({ detach }) => ({
    verb: 'canary promote',
    options: { detach },
  })),
  long(ofCanary(operate('abortCanary', '/canary/abort')), abortBody, ({ reason, detach }) => ({
    verb: 'canary abort',
    options: { reason, detach },
  })),
  short(operate('pauseCanary', '/canary/pause'), noBody, () => ({ verb: 'canary pause' })),
  short(operate('resumeCanary', '/canary/resume'), noBody, () => ({ verb: 'canary resume' })),
  short({ ...operate('setSplit', '/split'), method: 'PUT' }, splitBody, ({ percent }) => ({
    verb: 'canary set',
    words: [`${percent}%`],
  })),
]
