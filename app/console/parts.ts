import type { Site } from '../pages/site.ts'
import type { Watched } from './control-watch.ts'
import { canaryView, componentRows, instanceRows, nodeRows, releaseRows, taskView } from './rows.ts'
import { sayTime } from './said.ts'

/** Parts of the page that change while it is open; each is a template of app/views/console. */
export const partNames = [
  'fault',
  'app',
  'task',
  'canary',
  'actions',
  'components',
  'instances',
  'releases',
  'nodes',
] as const

export type Parts = Readonly<Record<(typeof partNames)[number], string>>

/** Each part as HTML. The token is that of the forms of who looks; `chart` says whether there is a drawing. */
export function renderParts(site: Site, { seen, fault }: Watched, csrf: string, chart: boolean): Parts {
  const shown = {
    csrf,
    chart,
    fault,
    at: sayTime(seen?.at),
    ...(seen && {
      app: seen.app,
      components: componentRows(seen),
      instances: instanceRows(seen),
      nodes: nodeRows(seen),
      releases: releaseRows(seen),
      canary: seen.canary && canaryView(seen.canary),
      task: seen.task && taskView(seen.task),
    }),
  }
  const html = (name: string) => site.renderer.render(`console/${name}`, { console: shown }).trim()
  return Object.fromEntries(partNames.map((name) => [name, html(name)])) as unknown as Parts
}
