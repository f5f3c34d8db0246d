import { statesIn, underWay } from '../canary/store.ts'
import { readRelease } from '../deploy/release.ts'
import { LABELS } from '../swarm/labels.ts'
import { readNodes } from '../swarm/nodes.ts'
import { readObjects } from '../swarm/objects.ts'
import { readServices } from '../swarm/services.ts'
import { readTasks } from '../swarm/tasks.ts'
import { type AppStatus, appStatus } from './app-status.ts'
import { sayLock } from './say-lock.ts'

/** How an app is: eight questions, whatever its size. */
export async function readStatus(stack: string, now: Date): Promise<AppStatus> {
  const [services, tasks, nodes, configs] = await Promise.all([
    readServices(stack),
    readTasks(stack),
    readNodes(),
    readObjects('config', `${LABELS.app}=${stack}`),
  ])
  const ofKind = (kind: string) => configs.filter(({ labels }) => labels[LABELS.kind] === kind)
  const releases = ofKind('release')
    .map(({ content = '' }) => readRelease(content))
    .sort((a, b) => a.number - b.number)
  const [lock] = ofKind('lock').map(({ content = '', createdAt }) => sayLock(content, createdAt, now))
  const canary = underWay(statesIn(stack, configs))
  return appStatus({
    stack,
    services,
    tasks,
    nodes,
    releases,
    now,
    ...(lock && { lock }),
    ...(canary && { canary }),
  })
}
