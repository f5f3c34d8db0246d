/** What swarm.json and swarmvars.json say, whichever format it was written in. Order is that of the file. */
export interface App {
  readonly name: string
  readonly format: Format
  readonly services: readonly Service[]
  /** Image of the balancers, made from haproxy/; without it, they are the kit's own. */
  readonly balancer?: string
}

export type Format = 'first' | 'second'

/** Names components, and nothing more: a component belongs to just one. */
export interface Service {
  readonly name: string
  readonly components: readonly Component[]
}

export interface Component {
  /** Unique in its service: `webapp`. */
  readonly name: string
  readonly service: string
  /** Unique in the app: `default/webapp`. Every reference from one component to another is such a name. */
  readonly fullName: string
  /** Where it is written, for faults that are found later. */
  readonly place: Place
  /** As written, with or without registry, tag and digest. */
  readonly image: string
  readonly ports: readonly Port[]
  readonly env: readonly EnvVariable[]
  /** Instead of the image's; a program and its first arguments. */
  readonly entrypoint?: readonly string[]
  /** Instead of the image's command; empty where nothing is said. */
  readonly args: readonly string[]
  readonly domains: readonly Domain[]
  readonly links: readonly Link[]
  /** Of the second format: what another app on the same swarm exposes. */
  readonly outsideLinks: readonly OutsideLink[]
  readonly scale: Scale
  readonly placement: Placement
  readonly volumes: readonly Volume[]
  /** Components of one pod run on one machine; unique in the app: `default/pod-of-web`. */
  readonly pod?: string
  readonly health?: Health
  readonly secrets: readonly Secret[]
  readonly configs: readonly Config[]
  readonly limits: Limits
  readonly update: Update
  /** Seconds between "stop" and the end by force. Without it, Docker's 10. */
  readonly drainSeconds?: number
  readonly schedule?: Schedule
  /** The root file system is read-only, no capabilities are left, and none can be gained. */
  readonly contained: boolean
  /** It reaches what lies outside of the app. */
  readonly outside: boolean
  /** It has the socket of a manager's engine, and steers the balancers. */
  readonly control: boolean
  /** Folders in memory. */
  readonly tmpfs: readonly Tmpfs[]
  /** The second format's: it says itself when it is ready. Without effect on a Swarm, where health says so. */
  readonly signalReady: boolean
}

/** A place in a file; the path is that of the example: services/default/components/webapp/image. */
export interface Place {
  readonly file: string
  /** From 1; 0 where there is none, as for what was given on the command line. */
  readonly line: number
  /** From 1. */
  readonly column: number
  readonly path: string
}

export type Protocol = 'tcp' | 'udp'

export interface Port {
  readonly number: number
  readonly protocol: Protocol
}

export interface EnvVariable {
  readonly name: string
  readonly value: string
}

export interface Domain {
  /** `www.example.com`. */
  readonly name: string
  /** One of the component's own. */
  readonly port: number
  /** The port of the node that visitors come to: 80, unless the domain is written with another, `example.com:443`. */
  readonly published: number
}

/** That a component needs another. */
export interface Link {
  /** Full name of the component that is needed. */
  readonly component: string
  /** The port under which the dependent asks for it: the one in its link variables. */
  readonly port: number
  /** The port of the component. Another than `port` only where a service of the second format exposes it so. */
  readonly targetPort: number
  readonly protocol: Protocol
  /** The host name that the dependent sees, and from which its link variables take their names. */
  readonly alias: string
  /** The dependent gets the environment variables of the other one, too, as Docker's links had it. */
  readonly env: boolean
  readonly sameMachine: boolean
}

export interface OutsideLink {
  readonly app: string
  readonly port: number
  readonly protocol: Protocol
  readonly alias: string
}

/** Numbers of instances: a first deploy starts `min`, and scaling keeps between both. */
export interface Scale {
  readonly min: number
  readonly max: number
}

export interface Placement {
  /** `simple`: anywhere; `one-per-machine`: no two on one; `global`: one on every machine there is, whatever the scale. */
  readonly mode: 'simple' | 'one-per-machine' | 'global'
  /** Labels that a node must have. */
  readonly labels: readonly Label[]
}

export interface Label {
  readonly name: string
  readonly value: string
}

export type Volume = OwnVolume | BorrowedVolume

export interface OwnVolume {
  readonly kind: 'own'
  /** Where the component sees it. */
  readonly path: string
  /** What the author asked for; a local volume has no limit. */
  readonly bytes?: number
  /** All instances use the same one, on whatever node they are; without it, each node has its own. */
  readonly shared: boolean
}

/** A volume of another component of the same pod. `volumes-from` is already taken apart into its volumes. */
export interface BorrowedVolume {
  readonly kind: 'borrowed'
  /** Full name of the component that owns the volume; it never borrowed it itself. */
  readonly from: string
  /** The owner's path of it. */
  readonly volume: string
  /** Where this component sees it. */
  readonly path: string
}

export interface Health {
  /** Docker's form: the program with its arguments, or ['CMD-SHELL', line], or ['NONE'] to turn off the image's. */
  readonly test?: readonly string[]
  /** What a balancer asks for; a status from 200 to 399 is good. Without it, a connection is enough. */
  readonly http?: { readonly path: string; readonly port: number }
  /** Without a test of its own, only what is written: the rest is as the image has it. */
  readonly intervalSeconds?: number
  readonly timeoutSeconds?: number
  readonly retries?: number
  readonly startPeriodSeconds?: number
  readonly startIntervalSeconds?: number
}

export interface Secret {
  /** The name by which `swarm secrets` knows it. */
  readonly name: string
  /** The file, below /run/secrets unless it begins with a slash. */
  readonly target: string
  /** Permission bits: 0o444. */
  readonly mode: number
}

export interface Config {
  /** Unique in its component. */
  readonly name: string
  /** Path of the source, from the folder of swarm.json. */
  readonly file: string
  /** Absolute path in the container. */
  readonly target: string
  /** Permission bits: 0o444. */
  readonly mode: number
}

/** No limit where there is no value. */
export interface Limits {
  /** Cores: 0.5 is half of one. */
  readonly cpus?: number
  readonly memoryBytes?: number
  /** Processes and threads. */
  readonly pids?: number
}

export const strategies = ['one-by-one', 'all-at-once', 'hot-swap'] as const

export type Strategy = (typeof strategies)[number]

export interface Update {
  readonly strategy: Strategy
  /** How many instances change at once; for one-by-one. */
  readonly parallelism: number
  /** Between one group of instances and the next. */
  readonly delaySeconds: number
  /** How long a new instance is watched for failures. */
  readonly monitorSeconds: number
}

/** A component that is not kept running. `manual`: only by `swarm run`. */
export type Schedule = { readonly kind: 'manual' } | CronSchedule

/** Times in UTC; every list is sorted, and holds all values that fit. */
export interface CronSchedule {
  readonly kind: 'cron'
  /** As written: `0 3 * * 1-5`. */
  readonly text: string
  readonly minutes: readonly number[]
  readonly hours: readonly number[]
  readonly days: readonly number[]
  /** 1 is January. */
  readonly months: readonly number[]
  /** 0 is Sunday. */
  readonly weekdays: readonly number[]
  /** As in cron: where both days and weekdays are limited, either fits. */
  readonly eitherDay: boolean
}

export interface Tmpfs {
  readonly path: string
  readonly bytes?: number
  /** Permission bits: 0o1777. */
  readonly mode: number
}
