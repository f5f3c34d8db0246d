import assert from 'node:assert/strict'
import type { Seen } from '../lab/cluster/probe.ts'

/** Visitors were there, and none of them saw a failure. */
export function noneFailed(seen: readonly Seen[]): void {
  for (const { node, failed } of seen)
    assert.deepEqual(failed.slice(0, 5), [], `${node}: ${failed.length} failed`)
}
