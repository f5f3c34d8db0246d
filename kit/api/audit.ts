import type { Role } from './tokens.ts'

/** Where a request comes from. */
export interface Origin {
  /** Of the connection: that of a proxy, where one stands before this. */
  readonly address: string
  /** What a proxy says of who asked it; anybody else may say it, too. */
  readonly forwarded?: string
  /** For whom it is, as who has the token says. */
  readonly behalf?: string
  /** Its id, which is in the answer. */
  readonly request: string
}

/** Something that was wanted of the app. */
export interface AuditEntry extends Origin {
  /** ISO 8601. */
  readonly when: string
  /** Name of the token. */
  readonly who: string
  readonly role: Role
  readonly operation: string
  /** As it would be typed. */
  readonly command: string
  readonly outcome: 'begun' | 'done' | 'failed' | 'forbidden'
  /** Why it failed. */
  readonly detail?: string
  readonly task?: string
}

/** Where entries stay. */
export interface AuditStore {
  keep(entry: AuditEntry): Promise<void>
  /** Newest first. */
  read(): Promise<readonly AuditEntry[]>
}

/** Writes what was wanted into the log, and keeps what somebody was allowed to do. */
export class Audit {
  readonly #store: AuditStore
  readonly #write: (line: object) => void

  constructor(store: AuditStore, write: (line: object) => void) {
    this.#store = store
    this.#write = write
  }

  /** Never rejects: a change that was made is not undone because the swarm cannot keep its entry. */
  async note(entry: AuditEntry): Promise<void> {
    this.#write({ audit: true, level: 'info', msg: `${entry.command}: ${entry.outcome}`, ...entry })
    // Who may do nothing could otherwise push out of the store what others did.
    if (entry.outcome === 'forbidden') return
    await this.#store.keep(entry).catch((error: Error) => {
      const msg = `an entry of the audit trail is in the log alone: ${error.message}`
      this.#write({ level: 'error', msg, request: entry.request })
    })
  }

  read(): Promise<readonly AuditEntry[]> {
    return this.#store.read()
  }
}
