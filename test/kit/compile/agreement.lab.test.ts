import assert from 'node:assert/strict'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { docker } from '../../lab/docker.ts'
import { type Facts, inSwarm, onOneServer } from './facts-of-site.ts'

const directory = join(import.meta.dirname, '../../..')

let server: ReadonlyMap<string, Facts>
let swarm: ReadonlyMap<string, Facts>
before(async () => {
  swarm = inSwarm(directory, 'dogfood/production')
  server = await onOneServer(directory, swarm, (...args) => docker('compose', ...args))
})

/** What is only on one server, and why. */
const onlyOnServer: Readonly<Record<string, string>> = {
  balancing: 'publishes the configuration of the balancer to a volume, for rollouts by Compose',
  certificates: 'a swarm gets its certificate as a secret',
  files: 'publishes to a volume what nginx of a swarm has in its image',
  prometheus: 'is asked for by a profile',
  requestcounter: 'counts for Prometheus',
  standins: 'is asked for by a profile',
}

/** What is built on one server, and runs only in a swarm, and why. */
const notRun: Readonly<Record<string, string>> = {
  control: 'on one server there is no canary',
}

const application = {
  tmpfs: 'of several nodes, none keeps the outbox',
  volumes: 'the same',
  reachedBy: 'on one server, a store has one network for all that use it',
}

/** Where both differ on purpose. */
const differences: Readonly<Record<string, Partial<Record<keyof Facts, string>>>> = {
  nginx: {
    image: 'the one with all files, as a node has no volume that others fill',
    command: 'it serves what is in its image',
    env: 'it asks the balancer of its own node first',
    secrets: 'the certificate comes as a secret',
    volumes: 'so it needs no folder for it, and none for counting',
    reachedBy: 'it leads to the API of control, and is on a network with it',
  },
  balancer: {
    env: 'it is told who answers: on one server, the image knows',
    volumes: 'its configuration changes with its image, not by a reload',
    reachedBy: 'the control tells it who gets a canary',
  },
  webapp: application,
  worker: application,
}

test('the same components run on one server and in a swarm', () => {
  assert.deepEqual(
    [...server.keys()].filter((name) => !swarm.has(name)).sort(),
    Object.keys(onlyOnServer).sort(),
  )
  assert.deepEqual(
    [...swarm.keys()].filter((name) => !server.has(name)),
    [],
  )
})

test('what runs is the same: image, command, variables, secrets, limits, containment, folders, health, drain, network', () => {
  for (const [name, facts] of swarm) {
    if (name in notRun) continue
    for (const key of Object.keys(facts) as (keyof Facts)[]) {
      if (differences[name]?.[key] === undefined)
        assert.deepEqual(server.get(name)?.[key], facts[key], `${name}: ${key}`)
      else
        assert.notDeepEqual(server.get(name)?.[key], facts[key], `${name}: ${key} need not be in this list`)
    }
  }
})
