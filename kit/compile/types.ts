import type { Fault } from '../definition/fault.ts'
import type { Label } from '../definition/model.ts'

/** What the kit knows besides the definition when it compiles. */
export interface Surroundings {
  /** `org/env`. */
  readonly environment: string
  /** Full name of a component -> instances that run; kept within min and max. Without it, min. */
  readonly instances?: ReadonlyMap<string, number>
  /** Image as written -> with its digest. As written where it is missing. */
  readonly images?: ReadonlyMap<string, string>
  /** Name of a secret -> name of the Swarm secret that holds its newest content. `<stack>_<name>` where it is missing. */
  readonly secrets?: ReadonlyMap<string, string>
  /** File of a config, as written -> its content. One that is missing is a fault. */
  readonly configs?: ReadonlyMap<string, string | Uint8Array>
  /** Where the socket of the engine is on the nodes; `/var/run/docker.sock` without it. */
  readonly engineSocket?: string
  /** Image of the balancers that are the kit's own. */
  readonly balancerImage?: string
}

export interface Compiled {
  readonly stack: Stack
  /** Swarm configs that the stack names; they are created before it. */
  readonly configs: readonly CompiledConfig[]
  /** Labels that nodes must have, in this order, before tasks can start. */
  readonly pins: readonly Pin[]
  readonly faults: readonly Fault[]
  readonly warnings: readonly Fault[]
}

export interface CompiledConfig {
  /** `<stack>_<component>-<target>-<hash>`: another content is another name. */
  readonly name: string
  readonly content: string | Uint8Array
  readonly labels: Readonly<Record<string, string>>
}

/** Components that stay on one node, or on a few, where their volumes are or their pod is. */
export interface Pin {
  /** Name of the node label; its value is `here`. */
  readonly label: string
  /** Full names. */
  readonly components: readonly string[]
  /** What a node must have to be chosen. */
  readonly nodeLabels: readonly Label[]
  /** So many nodes get the label, as far as there are suitable ones; 1 unless it is one instance a machine. */
  readonly nodes: number
  /** Pins that these components had alone: a node with one of them is the first choice, for their volumes are there. */
  readonly formerLabels: readonly string[]
}

/** A Compose file as `docker stack deploy` takes it, with real values: `printStack` writes a dollar as `$$`. */
export interface Stack {
  readonly version: string
  readonly services: Readonly<Record<string, StackService>>
  readonly networks: Readonly<Record<string, StackNetwork>>
  readonly volumes: Readonly<Record<string, StackVolume>>
  readonly secrets: Readonly<Record<string, StackFile>>
  readonly configs: Readonly<Record<string, StackFile>>
}

export interface StackService {
  /** Another name of each instance in its networks. */
  readonly hostname?: string
  readonly image: string
  readonly entrypoint?: readonly string[]
  readonly command?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly networks?: Readonly<Record<string, { readonly aliases?: readonly string[] }>>
  readonly ports?: readonly StackPort[]
  readonly volumes?: readonly StackMount[]
  readonly secrets?: readonly StackFileUse[]
  readonly configs?: readonly StackFileUse[]
  readonly healthcheck?: StackHealth
  readonly init: boolean
  readonly read_only?: boolean
  readonly cap_drop?: readonly string[]
  readonly stop_grace_period?: string
  readonly stop_signal?: string
  readonly user?: string
  readonly deploy: StackDeploy
}

export interface StackPort {
  /** Of the container. */
  readonly target: number
  /** Of the node. */
  readonly published: number
  readonly protocol: 'tcp' | 'udp'
  readonly mode: 'host'
}

export type StackMount =
  | { readonly type: 'volume'; readonly source: string; readonly target: string }
  | { readonly type: 'bind'; readonly source: string; readonly target: string }
  | { readonly type: 'tmpfs'; readonly target: string; readonly tmpfs?: { readonly size: number } }

export interface StackFileUse {
  readonly source: string
  readonly target: string
  readonly mode: number
}

export type StackHealth =
  | { readonly disable: true }
  | {
      readonly test?: readonly string[]
      readonly interval?: string
      readonly timeout?: string
      readonly retries?: number
      readonly start_period?: string
      readonly start_interval?: string
    }

export interface StackDeploy {
  readonly mode: 'replicated' | 'global' | 'replicated-job'
  readonly replicas?: number
  readonly endpoint_mode?: 'dnsrr'
  readonly labels: Readonly<Record<string, string>>
  readonly update_config?: StackUpdate
  readonly rollback_config?: StackUpdate
  readonly restart_policy: { readonly condition: 'any' | 'none'; readonly delay?: string }
  readonly placement?: { readonly constraints?: readonly string[]; readonly max_replicas_per_node?: number }
  readonly resources?: {
    readonly limits: { readonly cpus?: string; readonly memory?: string; readonly pids?: number }
  }
}

export interface StackUpdate {
  /** 0 is all at once. */
  readonly parallelism: number
  readonly delay: string
  readonly order: 'start-first' | 'stop-first'
  readonly failure_action: 'rollback' | 'pause'
  readonly monitor: string
  readonly max_failure_ratio: number
}

export interface StackNetwork {
  readonly driver: 'overlay'
  /** No way out of it. */
  readonly internal: boolean
  readonly labels: Readonly<Record<string, string>>
}

export interface StackVolume {
  /** Only where it is not `<stack>_<key>`. */
  readonly name?: string
  readonly labels: Readonly<Record<string, string>>
}

/** A secret or config that was created before. */
export interface StackFile {
  readonly external: true
  readonly name: string
}
