import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { TestContext } from 'node:test'

const recorded = join(import.meta.dirname, 'recorded')

const script = (more: string): string => `#!/bin/sh
echo "$*" >> "$(dirname "$0")/asked"
case "$*" in
  ${more}
  'service ls'* | 'node ls'* | 'config ls'*) echo a; echo b ;;
  'service inspect'*) cat ${recorded}/service-inspect.txt ;;
  'stack ps'*) cat ${recorded}/stack-ps.txt ;;
  'inspect --type task'*) cat ${recorded}/task-inspect.txt ;;
  'node inspect'*) cat ${recorded}/node-inspect.txt ;;
  'config inspect'*) echo '[]' ;;
  *) exit 9 ;;
esac
`

/**
 * A folder with an app, and a program called docker that answers what was recorded of it and notes each question.
 * `more` is a case of its shell script, for other questions.
 */
export function recordedSwarm(t: TestContext, more = '') {
  const folder = mkdtempSync(join(tmpdir(), 'recorded-swarm-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'docker'), script(more))
  chmodSync(join(folder, 'docker'), 0o755)
  const component = { component_name: 'webapp', image: 'webapp:1' }
  const app = { app_name: 'dogfood', services: [{ service_name: 'site', components: [component] }] }
  writeFileSync(join(folder, 'swarm.json'), JSON.stringify(app))
  return {
    folder,
    env: { PATH: `${folder}${delimiter}${process.env.PATH}`, SWARM_ENV: 'dogfood/production' },
    asked: () => readFileSync(join(folder, 'asked'), 'utf8').trim().split('\n'),
  }
}
