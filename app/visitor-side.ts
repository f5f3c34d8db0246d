import type { IncomingMessage, ServerResponse } from 'node:http'
import { type StoreState, worstOf } from './cache/page-store.ts'
import type { VisitorAppParts } from './visitor-app.ts'

/** Everything behind the public pages: Express with its sessions, loaded when first needed. */
export interface VisitorSide {
  open(): Promise<void>
  /** Answers the request; with an error, with that error's page. */
  answer(req: IncomingMessage, res: ServerResponse, error?: unknown): Promise<void>
  sessionsState(): StoreState
  close(): Promise<void>
}

type Parts = Omit<VisitorAppParts, 'sessions' | 'operatorSessions'>

type Opened = {
  readonly answer: (req: IncomingMessage, res: ServerResponse, error?: unknown) => void
  readonly sessionsState: () => StoreState
  readonly close: () => Promise<void>
}

/**
 * Express and its sessions take longer to load than all the rest of the site, and the first page needs
 * neither: they are imported behind it.
 */
export function visitorSide(parts: Parts): VisitorSide {
  let opening: Promise<Opened> | undefined
  let opened: Opened | undefined
  const unopened = parts.config.sessionsUrl === 'memory:' ? 'unused' : 'opening'
  const open = async () => {
    opening ??= openVisitorApp(parts)
    opened = await opening
    return opened
  }
  return {
    open: async () => void (await open()),
    answer: async (req, res, error) => (opened ?? (await open())).answer(req, res, error),
    sessionsState: () => opened?.sessionsState() ?? unopened,
    close: async () => (await opening)?.close(),
  }
}

async function openVisitorApp(parts: Parts): Promise<Opened> {
  const [{ createVisitorApp }, { openSessions }] = await Promise.all([
    import('./visitor-app.ts'),
    import('./sessions/sessions.ts'),
  ])
  const [sessions, operatorSessions] = await Promise.all([
    openSessions(parts.config),
    openSessions(parts.config, 'operator'),
  ])
  const app = createVisitorApp({ ...parts, sessions, operatorSessions })
  return {
    answer(req, res, error) {
      if (error !== undefined) req.failure = error
      app(req, res)
    },
    sessionsState: () => worstOf(sessions.state(), operatorSessions.state()),
    close: async () => void (await Promise.all([sessions.close(), operatorSessions.close()])),
  }
}
