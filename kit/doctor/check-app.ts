import { type Finding, good, orGood } from './finding.ts'
import type { Observed } from './observed.ts'

export function checkTasks({ status }: Observed): readonly Finding[] {
  const found = status.components.flatMap(({ component, faults }) =>
    faults.map(
      ({ instance, node, why }): Finding => ({
        check: 'tasks',
        level: 'error',
        what: `${component}${instance > 0 ? `.${instance}` : ''}${node ? ` on ${node}` : ''}: ${why}.`,
        fix: `\`swarm logs ${component}\` says more; \`swarm rollback\` returns to the release before.`,
      }),
    ),
  )
  if (status.components.length === 0) return [good('tasks', 'The app is not deployed.')]
  return orGood(found, 'tasks', 'No instance of the app fails.')
}

const MINUTES_A_JOB = 10

export function checkLeftovers({ services, now }: Observed): readonly Finding[] {
  const found = services
    .filter(({ kind }) => kind === 'node-job' || kind === 'probe')
    .filter(({ createdAt }) => now.getTime() - Date.parse(createdAt) > MINUTES_A_JOB * 60_000)
    .map(
      ({ name }): Finding => ({
        check: 'leftovers',
        level: 'warning',
        what: `The job ${name} is left over from a command that was killed.`,
        fix: `\`docker service rm ${name}\`.`,
      }),
    )
  return orGood(found, 'leftovers', 'No job is left over.')
}
