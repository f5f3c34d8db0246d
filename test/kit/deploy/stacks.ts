import type { Stack, StackService } from '../../../kit/compile/types.ts'

export const service = (component: string, over: Partial<StackService> = {}, replicas = 1): StackService => ({
  image: 'registry:5000/app:1@sha256:aaaa',
  init: true,
  ...over,
  deploy: {
    mode: 'replicated',
    replicas,
    labels: { 'dogfood.component': component, 'dogfood.kind': 'component' },
    restart_policy: { condition: 'any' },
    update_config: {
      parallelism: 1,
      delay: '0s',
      order: 'start-first',
      failure_action: 'rollback',
      monitor: '5s',
      max_failure_ratio: 0,
    },
    ...over.deploy,
  },
})

export const front = (over: Partial<StackService> = {}): StackService =>
  service('site/front', {
    networks: { 'front--web': {} },
    ports: [{ target: 8080, published: 80, protocol: 'tcp', mode: 'host' }],
    ...over,
  })

export const stackOf = (services: Record<string, StackService>, over: Partial<Stack> = {}): Stack => ({
  version: '3.12',
  services,
  networks: {
    'front--web': { driver: 'overlay', internal: true, labels: {} },
    other: { driver: 'overlay', internal: true, labels: {} },
  },
  volumes: {},
  secrets: {
    token: { external: true, name: 'app-lab_token-1' },
    unused: { external: true, name: 'app-lab_unused-1' },
  },
  configs: {},
  ...over,
})
