import { readdirSync, readFileSync } from 'node:fs'
import { docker } from '../../test/lab/docker.ts'

/** The processes of a container, by their ids on this machine. */
export async function processesIn(container: string): Promise<number[]> {
  const [, ...ids] = (await docker('top', container, '-eo', 'pid')).split('\n')
  return ids.map(Number)
}

/**
 * Nanoseconds of processor time that these processes have taken: https://docs.kernel.org/scheduler/sched-stats.html
 * One that has ended, as nginx's loader of its cache does, has taken none.
 */
export const processorTime = (processes: readonly number[]): number =>
  processes.reduce((sum, id) => sum + timeOf(id), 0)

function timeOf(id: number): number {
  try {
    const threads = readdirSync(`/proc/${id}/task`)
    return threads.reduce((sum, thread) => sum + nanoseconds(`/proc/${id}/task/${thread}/schedstat`), 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0
    throw error
  }
}

const nanoseconds = (file: string): number => Number(readFileSync(file, 'utf8').split(' ')[0])
