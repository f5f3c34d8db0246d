import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hostLines } from '../../../kit/deploy/prune/host-lines.ts'
import { byDigest, keptImages, repositoryOf } from '../../../kit/deploy/prune/kept-images.ts'
import { needlessNetworks, needlessObjects } from '../../../kit/deploy/prune/needless.ts'
import type { SwarmNetwork } from '../../../kit/swarm/networks.ts'
import type { SwarmObject } from '../../../kit/swarm/objects.ts'
import { recorded } from './recorded.ts'

const secret = (name: string, of: string, createdAt: string): SwarmObject => ({
  id: `id-${name}`,
  name,
  createdAt,
  labels: { 'dogfood.kind': 'secret', 'dogfood.secret': of },
})
const config = (name: string, kind = 'config'): SwarmObject => ({
  id: `id-${name}`,
  name,
  createdAt: '',
  labels: { 'dogfood.kind': kind },
})

test('a secret goes unless a service uses it, a kept release needs it, or it is the newest of its name', () => {
  const secrets = ['1', '2', '3', '4'].map((n) => secret(`a-${n}`, 'a', `2026-01-0${n}`))
  const services = [{ secrets: [{ id: '', name: 'a-2' }], configs: [] }]
  const releases = [{ secrets: ['a-3'], configs: [] }]
  const needless = needlessObjects({ services, secrets, configs: [], releases })
  assert.deepEqual(
    needless.secrets.map(({ name }) => name),
    ['a-1'],
  )
})

test('of configs, releases, the lock and the salt stay', () => {
  const configs = [
    config('old'),
    config('kept'),
    config('r', 'release'),
    config('l', 'lock'),
    config('s', 'salt'),
  ]
  const needless = needlessObjects({
    services: [],
    secrets: [],
    configs,
    releases: [{ secrets: [], configs: ['kept'] }],
  })
  assert.deepEqual(
    needless.configs.map(({ name }) => name),
    ['old'],
  )
})

test('a network goes when no service is on it', () => {
  const network = (id: string): SwarmNetwork => ({
    id,
    name: id,
    labels: {},
    internal: true,
    ingress: false,
    attachable: false,
    subnets: [],
  })
  assert.deepEqual(needlessNetworks([network('a'), network('b')], [{ networks: ['a'] }]), [network('b')])
})

test('images of kept releases and of whatever runs in the swarm are kept, by digest', () => {
  const digest = (letter: string) => `sha256:${letter.repeat(64)}`
  const { repositories, keep } = keptImages({
    own: [`registry:5000/app:2@${digest('a')}`, `docker.io/library/haproxy:3.2@${digest('b')}`],
    used: [`registry:5000/app:other@${digest('c')}`],
  })
  assert.deepEqual(repositories, ['haproxy', 'registry:5000/app'])
  assert.deepEqual(keep, [
    `haproxy@${digest('b')}`,
    `registry:5000/app@${digest('a')}`,
    `registry:5000/app@${digest('c')}`,
  ])
})

test('a repository is known without tag, digest and the name of Docker Hub', () => {
  assert.equal(repositoryOf('registry:5000/team/app:1.2@sha256:aa'), 'registry:5000/team/app')
  assert.equal(repositoryOf('docker.io/grafana/grafana:1'), 'grafana/grafana')
  assert.equal(byDigest('registry:5000/app'), 'registry:5000/app')
})

test('each node tells what went, what was in use, or why nothing was done', () => {
  const [node] = recorded('first').nodes
  assert.ok(node)
  const output = 'removed app@sha256:aa\nin use app@sha256:bb\ntotal 1'
  assert.equal(hostLines({ node, output }), 'cn1:\n  removed app@sha256:aa\n  in use app@sha256:bb\n')
  assert.equal(hostLines({ node, output: 'total 0' }), 'cn1: no image is needless\n')
  assert.equal(
    hostLines({ node, output: '', fault: 'the node is down' }),
    'cn1: not done, the node is down\n',
  )
  assert.equal(
    hostLines({ node, output, fault: 'it is still running' }),
    'cn1: not done to the end, it is still running\n  removed app@sha256:aa\n  in use app@sha256:bb\n',
  )
})
