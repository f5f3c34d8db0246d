export type OutsideSystem = 'crm' | 'accounts' | 'mail'

/**
 * How a call to an outside system can fail. `refused` cannot heal: asking again gets the same answer. All others
 * may: `unreachable` (no connection), `slow` (no answer in time), `busy` (it asked us to wait), `failing` (5xx),
 * `surprising` (an answer that is not what its API describes).
 */
export type OutsideFault = 'unreachable' | 'slow' | 'busy' | 'failing' | 'surprising' | 'refused'

/** A call to an outside system that did not do what it was to do. Its message holds no data of a visitor. */
export class OutsideError extends Error {
  override readonly name = 'OutsideError'
  readonly system: OutsideSystem
  readonly fault: OutsideFault
  /** How long the system asked us to wait. */
  readonly retryAfterSeconds: number | undefined
  /** It limits how much it is called, whatever for; otherwise it may be only what this call is about that has to wait. */
  readonly limitsCalls: boolean
  constructor(
    system: OutsideSystem,
    fault: OutsideFault,
    message: string,
    options: { retryAfterSeconds?: number | undefined; limitsCalls?: boolean; cause?: unknown } = {},
  ) {
    super(`${system}: ${message}`, { cause: options.cause })
    this.system = system
    this.fault = fault
    this.retryAfterSeconds = options.retryAfterSeconds
    this.limitsCalls = options.limitsCalls ?? false
  }
}
