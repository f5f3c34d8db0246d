import type { Canary } from '../canary/state.ts'
import { canaryKey } from '../compile/control.ts'
import type { Stack } from '../compile/types.ts'
import { LABELS } from '../swarm/labels.ts'
import type { SwarmService } from '../swarm/services.ts'
import { jobOf } from './run-once.ts'
import { serviceName } from './stack-parts.ts'

/** A job that is what the canary is, image, environment, files and networks, and that finds the canary. */
export function checkJobOf(
  stack: string,
  target: Stack,
  { component }: Pick<Canary, 'component'>,
  command: readonly string[],
): ReturnType<typeof jobOf> {
  const [key, service] =
    Object.entries(target.services).find(
      ([, { deploy }]) =>
        deploy.labels[LABELS.component] === component && deploy.labels[LABELS.kind] === 'component',
    ) ?? []
  if (key === undefined || service === undefined)
    throw new Error(`what is kept of the canary has no ${component}`)
  // Swarm's DNS has the instances under it whose health checks are good.
  const CANARY_HOST = `tasks.${serviceName(stack, canaryKey(stack, key))}`
  const { environment, deploy } = service
  const checking = {
    ...service,
    environment: { ...environment, CANARY_HOST },
    deploy: { ...deploy, labels: { ...deploy.labels, [LABELS.canary]: stack } },
  }
  return jobOf({ ...target, services: { [key]: checking } }, key, command)
}

/** Whether a service is a job of a check, which goes with the canary where nobody removed it before. */
export const isCheckJob = ({ kind, labels }: Pick<SwarmService, 'kind' | 'labels'>): boolean =>
  kind === 'run' && labels[LABELS.canary] !== undefined

/** Whether the control of an app reaches more than what is on its networks. */
export function hasWayOut({ services, networks }: Stack): boolean {
  const control = Object.values(services).find(({ environment }) => environment?.CONTROL_STACK !== undefined)
  return Object.keys(control?.networks ?? {}).some((key) => networks[key]?.internal === false)
}
