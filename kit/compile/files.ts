import type { Component, Config } from '../definition/model.ts'
import { hashedName, keyWithin, shortHash, within } from './names.ts'
import { sortedBy } from './order.ts'
import type { Plan } from './plan.ts'
import type { CompiledConfig, StackFile, StackFileUse } from './types.ts'

/** What a Swarm keeps of one config. */
const MOST_BYTES = 1000 * 1024

/** Content that becomes a Swarm config, under its key in the stack. */
export interface ConfigFile {
  readonly key: string
  readonly component: string
  readonly content: string | Uint8Array
}

/** The secrets that a component reads, by their files. */
export const secretUses = ({ secrets }: Component): StackFileUse[] =>
  sortedBy(secrets, ({ target }) => target).map(({ name, target, mode }) => ({ source: name, target, mode }))

/** The secrets of all components; each name leads to the Swarm secret with its newest content. */
export const secretsOf = ({ stack, components, surroundings }: Plan): [string, StackFile][] =>
  components.flatMap(({ secrets }) =>
    secrets.map(({ name }): [string, StackFile] => [
      name,
      { external: true, name: surroundings.secrets?.get(name) ?? within(`${stack}_${name}`, 64) },
    ]),
  )

function configKey(plan: Plan, component: Component, { name, target }: Config): string {
  const alike = component.configs.filter((config) => config.name === name)
  const apart = alike.length > 1 ? `-${shortHash(target)}` : ''
  return keyWithin(plan.stack, `${plan.key(component)}-${name}${apart}`)
}

/** The configs that a component reads, by their files. */
export const configUses = (plan: Plan, component: Component): StackFileUse[] =>
  sortedBy(component.configs, ({ target }) => target).map((config) => ({
    source: configKey(plan, component, config),
    target: config.target,
    mode: config.mode,
  }))

/** The contents of the files that components name. */
export const configFiles = (plan: Plan): ConfigFile[] =>
  plan.components.flatMap((component) =>
    component.configs.map((config) => {
      const { file } = config
      const content = plan.surroundings.configs?.get(file)
      if (content === undefined)
        plan.findings.fault('missing', component.place, `the file "${file}" of its configs can not be read`)
      else if (Buffer.byteLength(content) > MOST_BYTES)
        plan.findings.fault(
          'value',
          component.place,
          `the file "${file}" is larger than the ${MOST_BYTES} bytes that a Swarm keeps: put it into the image`,
        )
      const key = configKey(plan, component, config)
      return { key, component: component.fullName, content: content ?? '' }
    }),
  )

/** The Swarm config of a file: named by its content, so that another content is another config. */
export const compiledConfig = ({ stack }: Plan, { key, component, content }: ConfigFile): CompiledConfig => ({
  name: hashedName(stack, key, shortHash(content)),
  content,
  labels: { 'dogfood.app': stack, 'dogfood.component': component, 'dogfood.kind': 'config' },
})
