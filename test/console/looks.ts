import type { Act } from '../../kit/cli/verb.ts'
import { prints, stepping } from './console-site.ts'

/** A log with long lines and evil ones, and where it is followed, a line each 50 ms of one instance. */
export const chatty = `'service logs'*)
    say() { echo "$(date -u +%Y-%m-%dT%H:%M:%S.%NZ) $1"; }
    say listening; say '<script>window.ran = 1</script>' >&2; say "$(printf 'w%.0s' $(seq 600))"
    case "$*" in *--follow*) ;; *) exit ;; esac
    mkdir "$(dirname "$0")/chatting" 2>/dev/null || exec sleep 60
    number=1; while sleep 0.05; do say "line $number"; number=$((number + 1)); done ;;`

const long = 'Featherstonehaugh'.repeat(5)
const component = {
  ...{
    component: `site/${long}`,
    kind: 'component',
    state: 'stopping',
    wanted: 3,
    running: 2,
    health: 'bad',
  },
  ...{ nodes: { [long]: 3 }, image: `registry/${long}:${long}`, update: long, release: 3 },
  ...{ faults: [{ instance: 9, node: long, why: long.repeat(3), task: 'x' }] },
}
const app = {
  ...{
    stack: long,
    state: 'stopping',
    components: [component],
    nodes: { ready: 1, all: 2, away: [`${long}2`] },
  },
  ...{
    release: { number: 3, who: long, when: '2026-11-21T16:33:05Z', reason: long },
    lock: `${long} deploys`,
  },
}
const phase = {
  kind: 'ended',
  result: 'aborted',
  since: '2026-11-21T16:33:05Z',
  reason: long,
  evidence: [long],
}
const { salt: _, ...canary } = stepping
const told = { number: 1, when: '2026-11-21T16:33:05Z', who: long, phase, said: long }

/** Everything with names that are too long. */
export const longNames: Readonly<Record<string, Act>> = {
  status: prints(app),
  'canary status': prints({
    ...canary,
    image: component.image,
    phase,
    share: 0,
    history: [told],
    table: long.repeat(2),
  }),
}
