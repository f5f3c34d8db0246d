import { constants } from 'node:os'
import { parseArgs } from 'node:util'
import { Interrupted, interruptible } from '../interruption.ts'
import { Progress } from '../progress.ts'
import type { Terminal } from '../terminal.ts'
import type { Place } from './commands.ts'
import { withFiles } from './compose-files.ts'
import { explain } from './failure.ts'
import { alone } from './lock.ts'
import { rollOut, type Wanted } from './runbook.ts'
import { readSite } from './site.ts'

const usage = `Usage: npm run rollout                      builds what is checked out, and puts it in place
       npm run rollout -- --image NAME      takes this image of the webapp instead; one that is not here is pulled
       npm run rollout -- --back            returns to the release before

  --files NAME         with --image: the image with that release's static files and configuration
  --balancing NAME     with --image: the image with that release's configuration of HAProxy
  --release NAME       the name of what is built; the time and the commit unless given
  --patience SECONDS   how long a new instance may take until it is ready (60)
  --watch SECONDS      how long the new instances serve beside the old ones (2)
  --project NAME, --directory FOLDER, --file FILE   which Compose project, where docker compose would not find it
`

/** Updates the site on this server, or goes back; the exit code. */
export async function rolloutCommand(
  args: readonly string[],
  terminal: Terminal,
  interruption?: AbortSignal,
): Promise<number> {
  const asked = read(args)
  if (typeof asked === 'string') {
    terminal.complain(`${asked}\n\n${usage}`)
    return 2
  }
  const progress = new Progress(terminal)
  try {
    interruption?.addEventListener('abort', () => progress.step('Interrupted: ending what is under way'))
    await interruptible(interruption, async () => {
      const site = await readSite(withFiles(asked.place))
      await alone(site.project, () => rollOut({ ...asked.wanted, site, progress }))
    })
    progress.step('Done')
    return 0
  } catch (error) {
    progress.complain(`\n${explain(error)}`)
    return error instanceof Interrupted ? 128 + constants.signals[error.signal] : 1
  }
}

/** What the arguments say, or what is wrong with them. */
export function read(args: readonly string[]): { place: Place; wanted: Wanted } | string {
  const options = {
    image: { type: 'string' },
    files: { type: 'string' },
    balancing: { type: 'string' },
    release: { type: 'string' },
    back: { type: 'boolean', default: false },
    patience: { type: 'string', default: '60' },
    watch: { type: 'string', default: '2' },
    project: { type: 'string' },
    directory: { type: 'string', default: '.' },
    file: { type: 'string', multiple: true },
  } as const
  try {
    const { values } = parseArgs({ args: [...args], options })
    const { image, files, balancing, release, back, project } = values
    const ways = [back, image !== undefined, release !== undefined].filter(Boolean).length
    if (ways > 1) return '--back, --image and --release are three different things: give one of them.'
    if ((files ?? balancing) !== undefined && image === undefined)
      return '--files and --balancing go with --image.'
    const [patience, watch] = [Number(values.patience), Number(values.watch)]
    if (!(patience > 0 && watch >= 0)) return '--patience and --watch take seconds.'
    const given = {
      ...(image && { webapp: image }),
      ...(files && { files }),
      ...(balancing && { balancing }),
    }
    const source = back
      ? ({ kind: 'back' } as const)
      : image
        ? ({ kind: 'given', images: given } as const)
        : ({ kind: 'build', release } as const)
    const place = { directory: values.directory, files: values.file ?? [], ...(project && { project }) }
    return { place, wanted: { source, patience, watch } }
  } catch (error) {
    return (error as Error).message
  }
}
