import { until } from '../../until.ts'
import { succeeds } from '../command.ts'
import { docker } from '../docker.ts'
import type { Layout } from './layout.ts'

/** A registry without TLS. This machine reaches it as 127.0.0.1, which needs no permission; nodes by its address. */
export async function startRegistry({ registry }: Layout): Promise<void> {
  const { container, port } = registry
  if (!(await isRunning(container))) {
    await removeRegistry({ registry })
    const listen = ['--network', 'host', '--env', `REGISTRY_HTTP_ADDR=:${port}`]
    // The access log would say nothing that the nodes' logs do not.
    const quiet = ['--env', 'REGISTRY_LOG_ACCESSLOG_DISABLED=true', '--env', 'REGISTRY_LOG_LEVEL=error']
    await docker('run', '--detach', '--name', container, ...listen, ...quiet, 'registry:2')
  }
  const isThere = async () => (await fetch(`http://127.0.0.1:${port}/v2/`)).ok
  await until(isThere, `a registry at port ${port}`)
}

export const removeRegistry = ({ registry }: Pick<Layout, 'registry'>): Promise<boolean> =>
  succeeds('docker', ['rm', '--force', '--volumes', registry.container])

const isRunning = async (container: string): Promise<boolean> =>
  (await docker('ps', '--quiet', '--filter', `name=^${container}$`)) !== ''
