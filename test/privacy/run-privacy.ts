import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

const root = join(import.meta.dirname, '../..')

/** Runs the command as `npm run privacy` does, with a folder of its own for the outbox. */
export async function runPrivacy(settings: Record<string, string>, ...words: string[]) {
  const OUTBOX_DIR = mkdtempSync(join(tmpdir(), 'dogfood-outbox-'))
  const env = { PATH: process.env.PATH, STAND_INS: 'false', OUTBOX_DIR, ...settings }
  const options = { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'] }
  const child = spawn(process.execPath, ['app/privacy.ts', ...words], options)
  const ended = once(child, 'exit')
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { status: status as number | null, stdout, stderr }
}
