import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { composeProject, docker, freePort } from '../lab/docker.ts'
import { cleanCheckout } from './checkout.ts'

/** The whole site as `docker compose up` starts it, from a clean checkout in `folder`. */
export interface Stack {
  readonly folder: string
  readonly url: string
  /** The page of the stand-ins. */
  readonly standIns: string
  compose(...args: string[]): Promise<string>
  down(): Promise<void>
}

export async function composeUp(): Promise<Stack> {
  const folder = await cleanCheckout()
  const [port, standInsPort] = [await freePort(), await freePort()]
  const settings = join(folder, 'e2e.env')
  await writeFile(settings, `NGINX_PORT=${port}\nSTANDINS_PORT=${standInsPort}\n`)
  const project = ['--project-name', composeProject(), '--project-directory', folder, '--env-file', settings]
  const compose = (...args: string[]) => docker('compose', ...project, ...args)
  const stack: Stack = {
    folder,
    url: `http://localhost:${port}`,
    standIns: `http://localhost:${standInsPort}`,
    compose,
    async down() {
      await compose('down', '--volumes', '--rmi', 'local', '--timeout', '5')
      await rm(folder, { recursive: true })
    },
  }
  try {
    await compose('up', '--detach', '--build', '--wait', '--wait-timeout', '180')
  } catch (error) {
    const logs = await compose('logs', '--tail', '50').catch(String)
    await stack.down().catch(() => undefined)
    throw new Error(`docker compose up failed\n${logs}`, { cause: error })
  }
  return stack
}
