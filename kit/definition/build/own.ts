import type { Findings } from '../fault.ts'
import type { Config, Health, Limits, Placement, Secret, Tmpfs, Update } from '../model.ts'
import type { Draft } from './draft.ts'

const permissions = (text: string): number => Number.parseInt(text, 8)

export function healthOf({ values }: Draft, findings: Findings): Health | undefined {
  const { health, ports } = values
  if (health === undefined) return undefined
  const { command, path, port, interval, timeout, retries, start_period, start_interval } =
    health === 'none' ? times : health
  const asked = port ?? ports[0]
  if (health !== 'none' && path !== undefined && asked === undefined)
    findings.fault('conflict', health.place, '"path" needs a port: the component has none')
  if (
    health !== 'none' &&
    port &&
    !values.broken.has('ports') &&
    !ports.some((each) => each.number === port.number)
  )
    findings.fault('unknown-port', health.place, `port ${port.number} is not one of the component's ports`)
  const test = health === 'none' ? ['NONE'] : command
  const has = (key: string) => command !== undefined || (health !== 'none' && health.written.has(key))
  return {
    ...(test && { test }),
    ...(path !== undefined && asked && { http: { path, port: asked.number } }),
    ...(has('interval') && { intervalSeconds: interval }),
    ...(has('timeout') && { timeoutSeconds: timeout }),
    ...(has('retries') && { retries }),
    ...(has('start_period') && { startPeriodSeconds: start_period }),
    ...(has('start_interval') && { startIntervalSeconds: start_interval }),
  }
}

const times = {
  command: undefined,
  path: undefined,
  port: undefined,
  interval: 10,
  timeout: 3,
  retries: 3,
  start_period: 60,
  start_interval: 0.5,
}

export function secretsOf({ values }: Draft, findings: Findings): readonly Secret[] {
  const secrets = values.secrets.flatMap((secret) => {
    if (typeof secret === 'string') return [{ name: secret, target: secret, mode: 0o444 }]
    const { name, target = name, mode } = secret
    return name === undefined || target === undefined ? [] : [{ name, target, mode: permissions(mode) }]
  })
  refuseTwice(secrets, 'secrets', values, findings)
  return secrets
}

export function configsOf({ values }: Draft, findings: Findings): readonly Config[] {
  const configs = values.configs.flatMap((config) => {
    if ('name' in config)
      return [{ name: nameOf(config.name), file: config.value, target: config.name, mode: 0o444 }]
    const { file, target, mode } = config
    if (file === undefined || target === undefined) return []
    return [{ name: nameOf(target), file, target, mode: permissions(mode) }]
  })
  for (const { target } of configs)
    if (!target.startsWith('/'))
      findings.fault('value', values.place, `expected an absolute path for a config, got "${target}"`)
  refuseTwice(configs, 'configs', values, findings)
  return configs
}

/** `/etc/app/main.conf` is `etc-app-main.conf`. */
const nameOf = (target: string): string => target.replace(/^\/+/, '').replace(/[^A-Za-z0-9_.-]+/g, '-')

function refuseTwice(
  files: readonly { target: string }[],
  key: string,
  { place }: Draft['values'],
  findings: Findings,
): void {
  const seen = new Set<string>()
  for (const { target } of files) {
    if (seen.has(target)) findings.fault('conflict', place, `two ${key} have the target "${target}"`)
    seen.add(target)
  }
}

export function limitsOf({ values: { limits }, memoryBytes }: Draft, findings: Findings): Limits {
  if (limits?.memory !== undefined && memoryBytes !== undefined)
    findings.fault('conflict', limits.place, '"memory" and "memory-limit" say the same: give one of them')
  const memory = limits?.memory ?? memoryBytes
  return {
    ...(limits?.cpus !== undefined && { cpus: limits.cpus }),
    ...(memory !== undefined && { memoryBytes: memory }),
    ...(limits?.pids !== undefined && { pids: limits.pids }),
  }
}

export function placementOf(
  { values: { placement }, scale }: Draft,
  ofScale: 'simple' | 'one-per-machine' | undefined,
  findings: Findings,
): Placement {
  const mode = typeof placement === 'string' ? placement : placement.mode
  const labels = typeof placement === 'string' ? [] : (placement.labels ?? [])
  if (mode === 'global' && scale && (scale.written.has('min') || scale.written.has('max')))
    findings.fault(
      'conflict',
      scale.place,
      'a component that is "global" has one instance a machine: give no number',
    )
  return {
    mode: mode === 'simple' ? (ofScale ?? mode) : mode,
    labels: labels.map(({ name, value }) => ({ name, value })),
  }
}

export function updateOf({ values: { update } }: Draft): Update {
  if (typeof update === 'string')
    return { strategy: update, parallelism: 1, delaySeconds: 0, monitorSeconds: 5 }
  const { strategy, parallelism, delay, monitor } = update
  return { strategy, parallelism, delaySeconds: delay, monitorSeconds: monitor }
}

export const tmpfsOf = ({ values: { tmpfs } }: Draft): readonly Tmpfs[] =>
  tmpfs.map((folder) =>
    typeof folder === 'string'
      ? { path: folder, mode: 0o1777 }
      : { path: folder.name, bytes: folder.value, mode: 0o1777 },
  )
