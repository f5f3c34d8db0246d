import { type NginxOptions, startNginx } from './nginx.ts'
import type { Replacement } from './overlay.ts'
import type { Part, Place } from './place.ts'

export const SALT = 'ab'.repeat(24)
export const PERCENT = 50
const OPEN = `1~1~c0ffee00~${PERCENT}~${SALT}~`

/** Lines that are there for canaries alone. */
const included = (part: string): Replacement => [
  new RegExp(`^ *include /tmp/canary/${part}\\*\\.conf;\n`, 'm'),
  '',
]

const withoutSupport: NginxOptions = {
  configuration: 'production.conf',
  overlay: {
    'forwarded.conf': [included('header')],
    'kept.conf': [included('kept')],
    'servers.conf': [included('server')],
    'site.conf': [included('asset')],
  },
}

/** A front that knows nothing of canaries, one without a canary, and one of which half of all visitors get the canary. */
export async function startCanarySites(
  place: Place,
): Promise<Readonly<Record<'without' | 'closed' | 'open', Part>>> {
  return {
    without: await startNginx(place, withoutSupport),
    closed: await startNginx(place, { configuration: 'swarm.conf' }),
    open: await startNginx(place, { configuration: 'swarm.conf', word: OPEN }),
  }
}
