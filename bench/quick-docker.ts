import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LABELS } from '../kit/swarm/labels.ts'

const script = `#!/bin/sh
case "$*" in
  'config ls'*) echo a ;;
  'config inspect'*) cat "$(dirname "$0")/configs" ;;
  'stack ps'* | *' ls'*) ;;
  *) exit 9 ;;
esac
`

/**
 * A folder with a program called docker that answers at once, as of a swarm in which one release of an app is kept:
 * what a command takes beside it is the command's own time.
 */
export function quickDocker(stack: string, release: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'dogfood-bench-docker-'))
  const config = {
    ID: 'a',
    CreatedAt: '2026-11-21T16:33:05Z',
    Spec: {
      Name: `${stack}_release-1`,
      Labels: { [LABELS.app]: stack, [LABELS.kind]: 'release' },
      Data: Buffer.from(release).toString('base64'),
    },
  }
  writeFileSync(join(folder, 'configs'), JSON.stringify([config]))
  writeFileSync(join(folder, 'docker'), script, { mode: 0o755 })
  return folder
}
