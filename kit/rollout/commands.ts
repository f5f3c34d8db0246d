import type { Command } from '../docker.ts'

/** Where the Compose project is: what stands between `docker compose` and the verb. */
export interface Place {
  readonly project?: string
  readonly directory: string
  readonly files: readonly string[]
}

const compose = ({ project, directory, files }: Place, ...args: string[]): Command => ({
  args: [
    'compose',
    ...(project === undefined ? [] : ['--project-name', project]),
    '--project-directory',
    directory,
    ...files.flatMap((file) => ['--file', file]),
    ...args,
  ],
})

/** Compose reads the tag of the images from TAG, so a command can work on other images than those that run. */
const withTag = (command: Command, tag: string): Command => ({ ...command, env: { TAG: tag } })

export const showConfig = (place: Place): Command => compose(place, 'config', '--format', 'json')

export const build = (place: Place, tag: string, release: string, services: readonly string[]): Command =>
  withTag(compose(place, 'build', '--build-arg', `RELEASE=${release}`, ...services), tag)

export const pull = (image: string): Command => ({ args: ['pull', image] })

/** `scale` counts those that are there too; none of them is touched. */
export const startBeside = (place: Place, service: string, scale: number): Command =>
  compose(
    place,
    'up',
    '--detach',
    '--no-deps',
    '--no-build',
    '--no-recreate',
    '--scale',
    `${service}=${scale}`,
    service,
  )

/** A container of the service that carries none of its names on the network: nobody finds it. */
export const startTrial = (place: Place, tag: string, service: string, name: string): Command =>
  withTag(compose(place, 'run', '--detach', '--no-deps', '--no-TTY', '--name', name, service), tag)

export const runOnce = (
  place: Place,
  tag: string,
  service: string,
  name: string,
  command: readonly string[],
): Command =>
  withTag(compose(place, 'run', '--rm', '--no-deps', '--no-TTY', '--name', name, service, ...command), tag)

/** Makes the container of a one-shot service anew from its image, and leaves it to others to start it. */
export const makeAnew = (place: Place, tag: string, service: string): Command =>
  withTag(compose(place, 'up', '--no-start', '--no-deps', '--no-build', '--force-recreate', service), tag)

/** Containers of a service; those that ended too. */
export const listContainers = (project: string, service: string): Command => ({
  args: [
    ...['ps', '--all', '--quiet', '--no-trunc'],
    ...['--filter', `label=com.docker.compose.project=${project}`],
    ...['--filter', `label=com.docker.compose.service=${service}`],
    ...['--filter', 'label=com.docker.compose.oneoff=False'],
  ],
})

export const inspect = (ids: readonly string[]): Command => ({ args: ['container', 'inspect', ...ids] })
export const imageId = (image: string): Command => ({
  args: ['image', 'inspect', '--format', '{{.Id}}', image],
})
export const imageNames = (id: string): Command => ({
  args: ['image', 'inspect', '--format', '{{len .RepoTags}}', id],
})
export const tagImage = (image: string, as: string): Command => ({ args: ['image', 'tag', image, as] })
export const removeImage = (image: string): Command => ({ args: ['image', 'rm', image] })
/** Docker waits as long as the service's grace period says. */
export const stop = (id: string): Command => ({ args: ['stop', id] })
export const remove = (id: string): Command => ({ args: ['rm', '--force', '--volumes', id] })
export const lastLogs = (id: string, lines: number): Command => ({
  args: ['logs', '--tail', String(lines), id],
})
export const logsSince = (id: string, since: string): Command => ({ args: ['logs', '--since', since, id] })
export const signal = (id: string, name: string): Command => ({ args: ['kill', '--signal', name, id] })
export const inside = (id: string, ...command: string[]): Command => ({ args: ['exec', id, ...command] })
