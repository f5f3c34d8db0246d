import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sayFault } from '../../../kit/definition/fault.ts'
import { compiledCorpus } from './compiled-corpus.ts'

for (const { name, environment, compiled } of compiledCorpus) {
  const { stack, faults, configs } = compiled

  test(`${name} of ${environment} compiles without a fault`, () => {
    assert.deepEqual(faults.map(sayFault), [])
    assert.ok(Object.keys(stack.services).length > 0)
  })

  test(`${name} of ${environment} names nothing that is not there, and holds nothing that nobody uses`, () => {
    const services = Object.values(stack.services)
    const used = (names: readonly string[]) => [...new Set(names)].sort()
    assert.deepEqual(
      used(services.flatMap(({ networks }) => Object.keys(networks ?? {}))),
      Object.keys(stack.networks),
    )
    const mounted = services.flatMap(({ volumes = [] }) =>
      volumes.flatMap((mount) => (mount.type === 'volume' ? [mount.source] : [])),
    )
    assert.deepEqual(used(mounted), Object.keys(stack.volumes))
    const sources = (files: readonly { source: string }[] = []) => files.map(({ source }) => source)
    assert.deepEqual(used(services.flatMap(({ secrets }) => sources(secrets))), Object.keys(stack.secrets))
    assert.deepEqual(
      used(services.flatMap((service) => sources(service.configs))),
      Object.keys(stack.configs),
    )
    assert.deepEqual(
      Object.values(stack.configs)
        .map(({ name }) => name)
        .sort(),
      configs.map((config) => config.name).sort(),
    )
  })

  test(`no network of ${name} of ${environment} has more than two services, and none is everybody's`, () => {
    for (const network of Object.keys(stack.networks)) {
      const members = Object.values(stack.services).filter(({ networks }) => networks?.[network])
      assert.ok(members.length === 1 || (members.length === 2 && stack.networks[network]?.internal), network)
    }
    for (const { networks } of Object.values(stack.services))
      assert.ok(Object.keys(networks ?? {}).length > 0)
  })
}
