import type { Config } from '../config/config.ts'
import type { Log } from '../logging/log.ts'
import type { Site } from '../pages/site.ts'
import type { lastChart } from './charts.ts'
import type { ControlClient } from './control-client.ts'
import type { ControlWatch } from './control-watch.ts'
import type { EventStreams } from './event-streams.ts'

/** What the console is made with, whether there is a control or not. */
export interface ConsoleSideParts {
  readonly config: Pick<Config, 'operators' | 'controlUrl' | 'controlToken'>
  readonly log: Log
  readonly site: () => Site
}

/** What its pages stand on. */
export interface ConsoleParts extends ConsoleSideParts {
  readonly control: ControlClient
  readonly watch: ControlWatch
  readonly streams: EventStreams
  readonly charts: ReturnType<typeof lastChart>
}
