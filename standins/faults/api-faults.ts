import { setTimeout as wait } from 'node:timers/promises'
import type { RequestHandler, Response } from 'express'
import { type Answer, send } from '../answer.ts'
import { type Faults, faultNamed, slowMilliseconds } from './faults.ts'

/** How an API words that it is down, that it is called too often, and that a fault has no such name. */
export interface FaultAnswers {
  readonly failing: () => Answer
  readonly tooMany: () => Answer
  readonly unknownFault: () => Answer
}

const proxyPage = '<!doctype html>\n<title>Welcome</title>\n<p>It works!\n'

/**
 * Gives an API the fault that its system has now, or that the call asks for with `?fault=`. A slow or reset call
 * is carried out, only its answer is late or lost: the hard case for whoever has to repeat it.
 */
export function apiFaults(system: 'crm' | 'accounts', faults: Faults, answers: FaultAnswers): RequestHandler {
  return (req, res, next) => {
    const asked = req.query.fault
    const fault = asked === undefined ? faults.api(system) : faultNamed(system, String(asked))
    if (asked !== undefined && fault === undefined) return send(res, answers.unknownFault())
    switch (fault) {
      case 'hang':
        return
      case 'fail':
        return send(res, answers.failing())
      case 'rate-limit':
        return send(res, answers.tooMany())
      case 'garbage':
        return send(res, { status: 200, type: 'text/html', body: proxyPage })
      case 'reset':
        replaceEnd(res, () => res.socket?.resetAndDestroy())
        break
      case 'slow':
        replaceEnd(res, (end) => wait(slowMilliseconds, undefined, { ref: false }).then(end))
        break
    }
    next()
  }
}

function replaceEnd(res: Response, replacement: (end: () => void) => void): void {
  const end = res.end.bind(res) as (...args: unknown[]) => void
  res.end = ((...args: unknown[]) => {
    replacement(() => end(...args))
    return res
  }) as typeof res.end
}
