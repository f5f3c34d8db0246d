import { join } from 'node:path'
import { docker } from '../../test/lab/docker.ts'

const repository = join(import.meta.dirname, '../..')
const dockerfiles = {
  nginx: 'nginx/Dockerfile',
  balancer: 'haproxy/Dockerfile',
  control: 'kit/Dockerfile',
} as const

/** Builds one of the project's images from the working tree; its name. */
export async function projectImage(name: keyof typeof dockerfiles): Promise<string> {
  const tag = `dogfood-${name}:bench`
  await docker('build', '--quiet', '--tag', tag, '--file', join(repository, dockerfiles[name]), repository)
  return tag
}

/** What a container of the image runs. */
export const commandOf = async (image: string): Promise<string[]> =>
  JSON.parse(await docker('image', 'inspect', '--format', '{{json .Config.Cmd}}', image))
