import type { Component } from '../definition/model.ts'
import type { ConfigFile } from './files.ts'
import { type Backend, type Frontend, haproxyConfig } from './haproxy-config.ts'
import { slug, within } from './names.ts'
import { labelsOf, type Plan, tasksOf } from './plan.ts'
import type { StackPort, StackService } from './types.ts'
import { updating } from './update.ts'

/** What stands between a component and those that depend on it, or between all and their visitors. */
export interface Balancer {
  /** Name of its service in the stack. */
  readonly key: string
  /** Full name of the component whose instances it balances; that of the front is its own. */
  readonly component: string
  readonly service: StackService
  /** Of one that the kit configures. */
  readonly config?: ConfigFile
}

/** The official image, by its most precise version. */
const IMAGE = 'haproxy:3.2.26'
const CONFIG = '/usr/local/etc/haproxy/haproxy.cfg'
/** Where HAProxy is asked how it is, and is steered; of the image of haproxy/, all are in use. */
export const OPERATING_PORTS: readonly number[] = [8404, 8405, 8406]
/** Nobody can say how many machines there will be. */
const SLOTS_OF_GLOBAL = 64

/** Twice as many as are meant to run, and those of the last seconds. */
export const slotsOf = ({ placement, scale }: Component): number =>
  placement.mode === 'global' ? SLOTS_OF_GLOBAL : 2 * scale.max + 4

/** The instances of a component, as HAProxy finds and checks them. */
export function backendOf(plan: Plan, name: string, component: Component, port: number): Backend {
  const { http } = component.health ?? {}
  const instances = tasksOf(plan, plan.key(component))
  const mode = http?.port === port ? 'http' : 'tcp'
  return { name, mode, instances, port, slots: slotsOf(component), check: http }
}

/** A host name has 63 characters, a node's id and the dash have 26. */
const MOST_OF_HOSTNAME = 37

/** What all balancers have: one on each machine, replaced machine by machine. */
export const everywhere = (plan: Plan, component: string) =>
  ({
    // By it a dependent can ask the one on its own node before the others, and so none that is out of reach.
    hostname: `${within(slug(component.slice(component.indexOf('/') + 1)), MOST_OF_HOSTNAME)}-{{.Node.ID}}`,
    init: true,
    read_only: true,
    cap_drop: ['ALL'],
    stop_grace_period: '12s',
    // It lets what is under way end.
    stop_signal: 'SIGUSR1',
    deploy: {
      mode: 'global',
      endpoint_mode: 'dnsrr',
      labels: labelsOf(plan, component, 'balancer'),
      ...updating('start-first', 1, 0, 5),
      restart_policy: { condition: 'any', delay: '1s' },
      // A connection under way takes 33 kB.
      ...limited(128),
    },
  }) as const satisfies Partial<StackService>

const limited = (megabytes: number): Pick<StackService['deploy'], 'resources'> => ({
  resources: { limits: { cpus: '1', memory: String(megabytes * 1024 ** 2), pids: 50 } },
})

interface Wanted {
  readonly key: string
  readonly component: string
  readonly frontends: readonly Frontend[]
  readonly backends: readonly Backend[]
  readonly ports?: readonly StackPort[]
  readonly constraints?: readonly string[]
}

/** The official HAProxy, with a configuration that the kit makes. */
export function plainBalancer(plan: Plan, wanted: Wanted): Balancer {
  const { key, component, frontends, backends, ports = [], constraints = [] } = wanted
  const operating = freePort(frontends.map(({ port }) => port))
  const common = everywhere(plan, component)
  const service: StackService = {
    image: plan.surroundings.balancerImage ?? IMAGE,
    command: ['haproxy', '-W', '-db', '-f', CONFIG],
    ...(ports.length > 0 && { ports }),
    configs: [{ source: key, target: CONFIG, mode: 0o444 }],
    healthcheck: {
      test: ['CMD', 'bash', '-c', ask(operating)],
      interval: '5s',
      timeout: '3s',
      start_period: '10s',
      start_interval: '500ms',
    },
    ...common,
    deploy: {
      ...common.deploy,
      // The port of a node is free only when the one before has gone.
      ...(ports.length > 0 && { ...updating('stop-first', 1, 0, 5), ...limited(256) }),
      ...(constraints.length > 0 && { placement: { constraints } }),
    },
  }
  return {
    key,
    component,
    service,
    config: { key, component, content: haproxyConfig(operating, frontends, backends) },
  }
}

const freePort = (taken: readonly number[]): number =>
  [...OPERATING_PORTS, ...taken.map((port) => port + 1)].find((port) => !taken.includes(port)) ?? 0

/** In bash, which is in the image, as curl and wget are not. */
const ask = (port: number): string =>
  `exec 3<>/dev/tcp/127.0.0.1/${port} && printf 'GET /healthz HTTP/1.0\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ "$status" = 200 ]`
