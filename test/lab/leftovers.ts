import { removeLeftClusters } from './cluster/remove.ts'
import { docker, MARK } from './docker.ts'

const COMPOSE_LABEL = 'com.docker.compose.project'

/** Removes what test processes that are gone left behind: containers, Compose projects, their networks, volumes and images, clusters. */
export async function removeLeftovers(): Promise<void> {
  const kinds = [
    { list: ['ps', '--all'], remove: ['rm', '--force', '--volumes'], id: '{{.ID}}' },
    { list: ['network', 'ls'], remove: ['network', 'rm'], id: '{{.ID}}' },
    { list: ['volume', 'ls'], remove: ['volume', 'rm', '--force'], id: '{{.Name}}' },
  ]
  for (const { list, remove, id } of kinds) {
    const format = `${id} {{.Label "${MARK}"}} {{.Label "${COMPOSE_LABEL}"}}`
    const lines = (await docker(...list, '--format', format)).split('\n')
    const gone = lines.filter((line) => isLeftover(line)).map((line) => line.split(' ')[0] ?? '')
    if (gone.length > 0) await docker(...remove, ...gone)
  }
  await removeImages()
  await removeLeftClusters()
}

// `docker image ls` shows no labels: Compose names an image after its project, or a test tags it with that.
async function removeImages(): Promise<void> {
  const images = (await docker('image', 'ls', '--format', '{{.Repository}}:{{.Tag}}')).split('\n')
  const gone = images.filter((image) => isLeftoverImage(image))
  if (gone.length > 0) await docker('image', 'rm', '--force', ...gone)
}

/** Whether an image, as `NAME:TAG`, is named or tagged after a test process that is gone. */
export const isLeftoverImage = (image: string): boolean =>
  image.split(':').some((name) => isLeftover(`${name}  ${name}`))

/** `line` holds an id, the owner's process number and a Compose project, of which the last two may be empty. */
export function isLeftover(line: string): boolean {
  const [, owner, project = ''] = line.split(' ')
  const pid = Number(owner || new RegExp(`^${MARK}-(\\d+)`).exec(project)?.[1])
  return pid > 0 && !isAlive(pid)
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
