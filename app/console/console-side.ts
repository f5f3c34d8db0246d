import type { RequestHandler } from 'express'
import type { ConsoleSideParts } from './console-parts.ts'

const names = [
  'page',
  'events',
  'chart',
  'logs',
  'logEvents',
  'pause',
  'resume',
  'promote',
  'abort',
  'share',
  'scale',
] as const

export type ConsoleHandlers = Readonly<Record<(typeof names)[number], RequestHandler>>

export interface OpenedConsole {
  readonly handlers: ConsoleHandlers
  /** Ends the streams of events. */
  readonly close: () => void
}

/** The console of the operators, loaded when one of them first looks. */
export function consoleSide(parts: ConsoleSideParts): OpenedConsole {
  let isClosed = false
  let opening: Promise<OpenedConsole> | undefined
  const open = async () => {
    opening ??= import('./open-console.ts').then(({ openConsole }) => openConsole(parts))
    const opened = await opening
    if (isClosed) opened.close()
    return opened
  }
  return {
    handlers: consoleHandlersBy((name) => async (req, res, next) => {
      const { handlers } = await open()
      await handlers[name](req, res, next)
    }),
    close() {
      isClosed = true
      opening?.then((opened) => opened.close())
    },
  }
}

/** A handler for each name. */
export const consoleHandlersBy = (make: (name: keyof ConsoleHandlers) => RequestHandler): ConsoleHandlers =>
  Object.fromEntries(names.map((name) => [name, make(name)])) as unknown as ConsoleHandlers
