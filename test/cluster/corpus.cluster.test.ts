import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { printStack } from '../../kit/compile/print.ts'
import type { Compiled } from '../../kit/compile/types.ts'
import { compiledCorpus } from '../kit/compile/compiled-corpus.ts'
import { type Cluster, clusterUp } from '../lab/cluster/cluster.ts'
import { dockerOn } from '../lab/cluster/swarm.ts'
import { run } from '../lab/command.ts'
import { until } from '../until.ts'

let cluster: Cluster
const on = (...args: string[]) => dockerOn(cluster.nodes[0], ...args)
const write = (input: string, ...args: string[]) =>
  run('docker', ['--host', cluster.nodes[0].host, ...args], { input })

/** Nobody starts a task meanwhile: the images are long gone. */
async function setAvailability(availability: 'drain' | 'active'): Promise<void> {
  for (const { name } of cluster.nodes) await on('node', 'update', '--availability', availability, name)
}

const made = { config: new Set<string>(), secret: new Set<string>() }
const stacks = new Set<string>()

before(async () => {
  cluster = await clusterUp()
  await setAvailability('drain')
})
after(async () => {
  await on('stack', 'rm', '--detach=true', ...stacks)
  await until(async () => (await on('service', 'ls', '--quiet')) === '', 'all services to be gone', 60)
  for (const [kind, names] of Object.entries(made)) if (names.size > 0) await on(kind, 'rm', ...names)
  await setAvailability('active')
})

async function make(kind: 'config' | 'secret', name: string, content: string): Promise<void> {
  if (made[kind].has(name)) return
  made[kind].add(name)
  await write(content, kind, 'create', name, '-')
}

async function deploy({ stack, configs }: Compiled, name: string): Promise<void> {
  for (const config of configs) await make('config', config.name, String(config.content))
  for (const secret of Object.values(stack.secrets)) await make('secret', secret.name, 'a secret')
  stacks.add(name)
  const options = ['--compose-file', '-', '--resolve-image', 'never', '--detach=true']
  await write(printStack(stack), 'stack', 'deploy', ...options, name)
}

test('a real Swarm takes every definition of the corpus', async () => {
  for (const [index, { compiled }] of compiledCorpus.entries()) {
    const name = `corpus-${index}`
    // The name in the file is that of its app, which several have in common.
    await deploy(compiled, name)
    const services = (await on('stack', 'services', '--format', '{{.Name}}', name)).split('\n')
    assert.deepEqual(
      services.sort(),
      Object.keys(compiled.stack.services).map((key) => `${name}_${key}`),
    )
  }
})
