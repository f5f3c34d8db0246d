import { setTimeout as sleep } from 'node:timers/promises'
import { RolloutFailure } from './failure.ts'
import { type Begun, endOfLog, faultOf, type Instance, isWell, lookAt } from './instances.ts'

const POLL_MILLISECONDS = 300

const ADVICE = 'Mend the image; `docker run` it by itself to see more.'

/** Waits until every instance is healthy; one that ends, or is started again, is not waited for. */
export async function untilHealthy(begun: readonly Begun[], seconds: number): Promise<Instance[]> {
  const end = performance.now() + seconds * 1000
  for (;;) {
    const instances = await stillWell(begun)
    const late = instances.find((instance) => !isWell(instance))
    if (late === undefined) return instances
    if (performance.now() > end) await fail(late, `${late.name} was not healthy within ${seconds} s`)
    await sleep(POLL_MILLISECONDS)
  }
}

/** Throws if an instance has ended since, was started again or is gone. */
export async function stillWell(begun: readonly Begun[]): Promise<Instance[]> {
  const instances = await lookAt(begun.map(({ id }) => id))
  for (const instance of instances) {
    const fault = faultOf(
      instance,
      begun.find(({ id }) => id === instance.id),
    )
    if (fault !== undefined) await fail(instance, fault)
  }
  const gone = begun.map(({ id }) => id).find((id) => !instances.some((instance) => instance.id === id))
  if (gone === undefined) return instances
  throw new RolloutFailure(
    `The container ${gone.slice(0, 12)} was removed by somebody else.`,
    'Run the command again.',
  )
}

/** Waits until `check` answers nothing; what it answers last is why the wait was in vain. */
export async function untilNothing(
  check: () => Promise<string | undefined>,
  seconds: number,
): Promise<string | undefined> {
  for (const end = performance.now() + seconds * 1000; ; await sleep(POLL_MILLISECONDS)) {
    const reason = await check()
    if (reason === undefined || performance.now() > end) return reason
  }
}

export async function fail(instance: Pick<Instance, 'id' | 'name'>, what: string): Promise<never> {
  throw new RolloutFailure(`${what}. Its last log lines:`, ADVICE, await endOfLog(instance.id))
}
