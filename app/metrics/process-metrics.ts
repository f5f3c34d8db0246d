import type { StatsFs } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { collectDefaultMetrics, Gauge, type Registry } from 'prom-client'
import type { Measured } from './measured.ts'

/** Release, stores, disk, and what Node tells of itself: memory, event loop, garbage collection. */
export function addProcessMetrics(
  registry: Registry,
  { release, part, stores }: { release: string; part: string; stores: Measured['stores'] },
): void {
  collectDefaultMetrics({ register: registry })
  new Gauge({
    name: 'dogfood_build_info',
    help: 'Always 1; its labels name the release that runs.',
    labelNames: ['release', 'part'],
    registers: [registry],
  }).set({ release, part }, 1)
  new Gauge({
    name: 'dogfood_redis_up',
    help: 'Whether a store answered last time, as this process sees it.',
    labelNames: ['store'],
    registers: [registry],
    collect() {
      this.reset()
      for (const [store, state] of Object.entries(stores()))
        if (state === 'up' || state === 'down') this.set({ store }, state === 'up' ? 1 : 0)
    },
  })
  const addDiskGauge = (name: string, help: string, bytesOf: (disk: StatsFs) => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        this.set(bytesOf(await statfs('/')))
      },
    })
  addDiskGauge(
    'dogfood_disk_size_bytes',
    'The size of the disk under the file system of this process.',
    ({ blocks, bsize }) => blocks * bsize,
  )
  addDiskGauge('dogfood_disk_free_bytes', 'What of that disk is free.', ({ bavail, bsize }) => bavail * bsize)
}
