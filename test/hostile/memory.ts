import { docker } from '../lab/docker.ts'
import type { ProductionStack } from '../production/stack.ts'

const MB = 1024 * 1024

/** What a container takes and may take, files in memory included, in MB. */
export interface Memory {
  readonly used: number
  readonly limit: number
}

// Of control groups version 2, or else 1.
const script = 'cd /sys/fs/cgroup; cat memory.current 2>/dev/null || cat memory/memory.usage_in_bytes'

export async function memoryOf(stack: ProductionStack, service: string): Promise<Memory> {
  const [id = ''] = await stack.containers(service)
  const used = Number(await docker('exec', id, 'sh', '-c', script))
  const limit = Number(await docker('inspect', '--format', '{{.HostConfig.Memory}}', id))
  return { used: used / MB, limit: limit / MB }
}

/** How often the processes of a service were started anew or killed for want of memory. */
export async function endings(stack: ProductionStack, service: string): Promise<number> {
  const [id = ''] = await stack.containers(service)
  const restarts = Number(await docker('inspect', '--format', '{{.RestartCount}}', id))
  const lines = (await docker('logs', id)).split('\n')
  return restarts + lines.filter((line) => /exited on signal|exited with fatal code/.test(line)).length
}
