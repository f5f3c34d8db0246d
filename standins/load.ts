import type { RequestListener } from 'node:http'
import type { Socket } from 'node:net'
import { createStandInApp } from './app.ts'
import { createSmtp } from './mail/smtp.ts'
import type { StandInSettings } from './settings.ts'
import { createParts } from './stand-in-parts.ts'

export interface LoadedStandIns {
  readonly app: RequestListener
  readonly smtp: { connect(socket: Socket): void }
  close(): void
}

/** Makes the three systems; apart from stand-ins.ts, so that their libraries are loaded when first needed. */
export function loadStandIns(settings: StandInSettings): LoadedStandIns {
  const parts = createParts(settings)
  const app = createStandInApp(parts, settings)
  const smtp = createSmtp(parts.mailbox, parts.faults)
  return { app, smtp, close: parts.webhooks.close }
}
