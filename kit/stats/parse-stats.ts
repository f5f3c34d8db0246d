import type { NodeAnswer } from '../swarm/on-every-node.ts'
import type { SwarmService } from '../swarm/services.ts'
import { shownName } from '../swarm/shown-name.ts'

/** What an instance uses. */
export interface InstanceStats {
  /** As `shownName` has it: `site/webapp (canary)`. */
  readonly component: string
  /** From 1; 0 in a service with one instance a node. */
  readonly instance: number
  readonly node: string
  /** Of one core: 150 is one and a half. */
  readonly cpuPercent: number
  readonly memoryBytes: number
  readonly memoryLimitBytes: number
  readonly network: string
  readonly disk: string
  readonly processes: number
}

/** A line of `docker stats --format '{{json .}}'`. */
interface Line {
  readonly Name: string
  readonly CPUPerc: string
  readonly MemUsage: string
  readonly NetIO: string
  readonly BlockIO: string
  readonly PIDs: string
}

/** The instances of these services that a node told of. Swarm names containers `<service>.<slot or node>.<task>`. */
export function statsOf({ node, output }: NodeAnswer, services: readonly SwarmService[]): InstanceStats[] {
  const byName = new Map(services.map((service) => [service.name, service]))
  return output.split('\n').flatMap((text) => {
    const line = parse(text)
    const [, name = '', slot = ''] = /^(.+)\.([^.]+)\.[^.]+$/.exec(line?.Name ?? '') ?? []
    const service = byName.get(name)
    if (line === undefined || service === undefined) return []
    const [used = '', limit = ''] = line.MemUsage.split(' / ')
    return [
      {
        component: shownName(service),
        instance: /^\d+$/.test(slot) ? Number(slot) : 0,
        node: node.hostname,
        cpuPercent: Number.parseFloat(line.CPUPerc) || 0,
        memoryBytes: bytes(used),
        memoryLimitBytes: bytes(limit),
        network: line.NetIO,
        disk: line.BlockIO,
        processes: Number(line.PIDs) || 0,
      },
    ]
  })
}

function parse(text: string): Line | undefined {
  try {
    return JSON.parse(text) as Line
  } catch {
    return undefined
  }
}

const UNITS: Readonly<Record<string, number>> = {
  B: 1,
  KIB: 1024,
  MIB: 1024 ** 2,
  GIB: 1024 ** 3,
  TIB: 1024 ** 4,
  KB: 1000,
  MB: 1000 ** 2,
  GB: 1000 ** 3,
  TB: 1000 ** 4,
}

/** `1.035MiB` as bytes. */
export function bytes(text: string): number {
  const [, amount = '', unit = 'B'] = /^([\d.]+)\s*([A-Za-z]+)$/.exec(text.trim()) ?? []
  return Math.round(Number(amount) * (UNITS[unit.toUpperCase()] ?? 1))
}

/** Bytes as people read them: `1.0 MiB`. */
export function sayBytes(count: number): string {
  const [unit, size] = (['GiB', 'MiB', 'KiB'] as const)
    .map((name) => [name, UNITS[name.toUpperCase()] ?? 1] as const)
    .find(([, one]) => count >= one) ?? ['B', 1]
  return unit === 'B' ? `${count} B` : `${(count / size).toFixed(1)} ${unit}`
}
