import { compiled } from '../cli/compiled.ts'
import { canaryKey } from '../compile/control.ts'
import { rewritten, writtenImage } from '../compile/images.ts'
import { readStack } from '../compile/read-stack.ts'
import type { CompiledConfig, Stack, StackService } from '../compile/types.ts'
import { Failure } from '../failure.ts'
import { LABELS } from '../swarm/labels.ts'
import { retagged, withDigests } from './change-images.ts'
import { currentRelease } from './current-release.ts'
import { resolveImages } from './digests.ts'
import type { AskedRun } from './run.ts'
import { runningCounts } from './running-counts.ts'
import { newestOf, readSecrets } from './secrets/kept-secrets.ts'
import { needSecrets } from './secrets/missing.ts'
import { partOf, withRunning } from './stack-parts.ts'
import type { State } from './state.ts'

/** What a canary is made from. */
export interface CanaryTarget {
  /** The release as it will be when the canary is promoted. */
  readonly release: Stack
  /** The service of the canary alone. */
  readonly canary: Stack
  /** Those that are not there yet are created before. */
  readonly configs: readonly CompiledConfig[]
  /** With its digest. */
  readonly image: string
}

/**
 * The version of a component that a definition and a tag describe, beside the release that runs: with its own
 * environment, limits and configs; without a definition, with those of the release. Secrets that the release has keep their content, as others read them too. Throws a
 * Failure where the component can have no canary.
 */
export async function canaryTarget(
  run: AskedRun,
  state: State,
  component: string,
  tag: string,
): Promise<CanaryTarget> {
  const { stack: name, app, context, environment } = run
  const released = withRunning(name, readStack(currentRelease(state).stack), state.services)
  const secrets = newestOf(await readSecrets(name))
  const written = app
    ? compiled(app, context, { instances: runningCounts(state), secrets })
    : { stack: released, configs: [] }
  const [key, service] = serviceOf(written.stack, component)
  const before = released.services[key]
  refuseUnlessSteered(component, service, released)
  if (before === undefined) throw notReleased(component)
  const part = partOf({ ...written.stack, services: { [key]: service } }, new Set([key]))
  needSecrets(part, secrets, environment)
  const image = retagged(writtenImage(service), tag)
  const images = await resolveImages(name, [image], context.terminal.complain)
  const full = images.get(image) ?? image
  if (digestOf(full) === digestOf(before.image)) throw runsAlready(component, full)
  const made = withDigests({ ...part, services: { [key]: rewritten(service, image) } }, images)
  const release: Stack = {
    ...released,
    services: { ...released.services, ...made.services },
    networks: { ...made.networks, ...released.networks },
    secrets: { ...made.secrets, ...released.secrets },
    configs: { ...released.configs, ...made.configs },
  }
  return {
    release,
    canary: alone(name, release, key),
    configs: configsFor(made, written.configs),
    image: full,
  }
}

const configsFor = ({ configs }: Stack, all: readonly CompiledConfig[]): CompiledConfig[] => {
  const names = new Set(Object.values(configs).map(({ name }) => name))
  return all.filter(({ name }) => names.has(name))
}

function serviceOf({ services }: Stack, component: string): readonly [string, StackService] {
  const found = Object.entries(services).find(
    ([, { deploy }]) =>
      deploy.labels[LABELS.component] === component && deploy.labels[LABELS.kind] === 'component',
  )
  if (found) return found
  throw new Failure(
    'refused',
    `${component} is not kept running.`,
    'A canary is of a component with visitors.',
  )
}

/** The service under another name and kind, with as many instances: what it can bear is compared, too. */
function alone(stack: string, release: Stack, key: string): Stack {
  const part = partOf(release, new Set([key]))
  const service = part.services[key]
  if (service === undefined) return part
  const { deploy } = service
  const labels = { ...deploy.labels, [LABELS.kind]: 'canary' }
  return { ...part, services: { [canaryKey(stack, key)]: { ...service, deploy: { ...deploy, labels } } } }
}

/** Only the balancer of the app's own image sends some visitors elsewhere, and only where a component controls it. */
function refuseUnlessSteered(component: string, service: StackService, { services }: Stack): void {
  const balancer = Object.values(services).find(
    ({ deploy }) =>
      deploy.labels[LABELS.component] === component && deploy.labels[LABELS.kind] === 'balancer',
  )
  const refused = (what: string, todo: string) => new Failure('refused', `${component} ${what}`, todo)
  if (balancer?.environment?.CANARY_INSTANCES === undefined)
    throw refused(
      'can have no canary: no balancer that knows canaries stands in front of it.',
      'It needs a scaling_policy with a "max" above 1, `health`, the `balancer` image of the app, and a component with ' +
        '`control`: see docs/canary.md. Deploy that with `swarm up` first.',
    )
  if ((service.volumes ?? []).some(({ type }) => type === 'volume') || service.ports !== undefined)
    throw refused(
      'can have no canary: it keeps folders or ports of a node.',
      'Update it with `swarm update`: two versions cannot have them at once.',
    )
}

const notReleased = (component: string): Failure =>
  new Failure('refused', `No release has ${component} yet.`, 'Deploy it with `swarm up` first.')

const runsAlready = (component: string, image: string): Failure =>
  new Failure('refused', `${component} runs ${image} already.`, 'Push the other version, or give its tag.')

const digestOf = (image: string): string => image.slice(image.indexOf('@') + 1)
