import { gunzipSync, gzipSync } from 'node:zlib'

/** What ran at a time: enough to run it again without the files it came from, and without a registry. */
export interface Release {
  /** From 1; each deploy that succeeds has the next one. */
  readonly number: number
  readonly who: string
  /** ISO 8601. */
  readonly when: string
  /** Why it was made: `up`, `rollback to 3`. */
  readonly reason: string
  /** Of git, where there is one. */
  readonly revision?: string
  /** `org/env`. */
  readonly environment: string
  /** The Compose file, as it was deployed. */
  readonly stack: string
  /** Images with their digests. */
  readonly images: readonly string[]
  /** Names of Swarm secrets and configs. */
  readonly secrets: readonly string[]
  readonly configs: readonly string[]
  /** Name of a service in the swarm -> hash of the spec that the swarm made of it: another one was changed by somebody since. */
  readonly specs: Readonly<Record<string, string>>
}

// A Swarm config holds 1,000 kB at most.
const PLAIN_MOST = 400_000
const PACKED = 'gzip:'

/** A release as the content of a config. */
export function writeRelease(release: Release): string {
  const text = JSON.stringify(release)
  return text.length <= PLAIN_MOST ? text : PACKED + gzipSync(text).toString('base64')
}

/** The release that a config holds. */
export function readRelease(content: string): Release {
  const packed = content.startsWith(PACKED)
  const text = packed ? gunzipSync(Buffer.from(content.slice(PACKED.length), 'base64')).toString() : content
  return JSON.parse(text) as Release
}

export const releaseName = (stack: string, number: number): string => `${stack}_release-${number}`
