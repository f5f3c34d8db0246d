import { rm } from 'node:fs/promises'
import { cleanCheckout } from '../../test/e2e/checkout.ts'
import { run } from '../../test/lab/command.ts'
import { docker } from '../../test/lab/docker.ts'

/** Images of the webapp: two good releases, one that refuses to start, and one that starts and is never healthy. */
export const releases = {
  first: 'dogfood-webapp:drill-first',
  second: 'dogfood-webapp:drill-second',
  refusing: 'dogfood-webapp:drill-refusing',
  unhealthy: 'dogfood-webapp:drill-unhealthy',
} as const

/** Builds the four; they differ in their last layer only. */
export async function buildReleases(): Promise<void> {
  const checkout = await cleanCheckout()
  const build = (image: string, release: string) =>
    docker('build', '--quiet', '--tag', image, '--build-arg', `RELEASE=${release}`, checkout)
  try {
    await build(releases.first, 'first')
    await build(releases.second, 'second')
    await build(releases.refusing, '')
    // Listens where its own health check does not ask.
    const input = `FROM ${releases.second}\nENV RELEASE=unhealthy HOST=127.0.0.2\n`
    await run('docker', ['build', '--quiet', '--tag', releases.unhealthy, '-'], { input })
  } finally {
    await rm(checkout, { recursive: true })
  }
}

export const removeReleases = (): Promise<string> =>
  docker('image', 'rm', '--force', ...Object.values(releases))
