import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Assets } from '../assets/assets.ts'
import type { Config } from '../config/config.ts'
import type { Log } from '../logging/log.ts'
import { liveEvents } from './events.ts'

export interface LiveReload {
  listener(req: IncomingMessage, res: ServerResponse): void
  close(): void
}

export interface LiveReloadParts {
  readonly config: Pick<Config, 'contentDir' | 'watchByPolling'>
  readonly log: Log
  readonly viewsDir: string
  readonly staticDir: string
  /** Reads the sources again and answers the assets before and after. */
  refresh(): Promise<{ before: Assets; after: Assets }>
}

const stylesheet = 'css/site.css'

/** Shows a saved source in every open browser: a new style in place, anything else by loading the page again. */
export async function startLiveReload(parts: LiveReloadParts): Promise<LiveReload> {
  const { config, log, viewsDir, staticDir, refresh } = parts
  const { watchFiles } = await import('./watch.ts')
  const events = liveEvents()

  const show = async () => {
    const { before, after } = await refresh()
    const changed = after.names.filter(
      (name) => !before.names.includes(name) || before.url(name) !== after.url(name),
    )
    if (changed.length === 1 && changed[0] === stylesheet) {
      const style = { href: after.url(stylesheet), integrity: after.integrity(stylesheet) }
      return events.send('style', JSON.stringify(style))
    }
    events.send('reload', '')
  }

  // One refresh after the other: two at once could end in the older state.
  let last = Promise.resolve()
  const watcher = await watchFiles(
    { content: config.contentDir, views: viewsDir, assets: staticDir },
    () => {
      last = last
        .then(show)
        .catch((error: unknown) => log.error({ err: error }, 'the change cannot be shown'))
    },
    { polling: config.watchByPolling },
  )
  return {
    listener: events.listener,
    close() {
      events.close()
      watcher.close()
    },
  }
}
