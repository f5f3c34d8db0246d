import { docker } from '../test/lab/docker.ts'

/** Where a container is on its network: a published port would put one more process in between. */
export const addressOf = (container: string): Promise<string> =>
  docker('inspect', '--format', '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}', container)
