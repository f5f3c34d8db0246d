import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { newSecrets } from '../../kit/secrets/production-secrets.ts'
import { cleanCheckout } from '../e2e/checkout.ts'
import { run } from '../lab/command.ts'
import { composeProject, freePort } from '../lab/docker.ts'
import { imagesOf, type ProductionStack, stackAt } from './place.ts'
import { withSubnets } from './subnets.ts'

export type { ProductionStack } from './place.ts'

export interface ProductionOptions {
  /** More lines for .env. */
  readonly settings?: Readonly<Record<string, string>>
  /** More Compose files, laid over the two. */
  readonly files?: readonly string[]
  /** Other texts for the files in secrets/. */
  readonly secrets?: Readonly<Record<string, string>>
  /** Socket of the engine that runs it, if not the one that builds it. */
  readonly socket?: string
}

const files = ['docker-compose.yml', 'docker-compose.prod.yml']

export async function productionUp(options: ProductionOptions = {}): Promise<ProductionStack> {
  const folder = await cleanCheckout()
  const project = composeProject('production')
  const [http, https, standIns, observe] = await Promise.all([freePort(), freePort(), freePort(), freePort()])
  const settings = {
    TAG: project,
    HTTP_PORT: http,
    HTTPS_PORT: https,
    STANDINS_PORT: standIns,
    OBSERVE_PORT: observe,
    PUBLIC_URL: `https://localhost:${https}`,
    ACCOUNTS_URL: 'http://standins:8001',
    CRM_URL: 'http://standins:8001',
    MAIL_FROM: 'Dogfood <hello@dogfood.test>',
    COMPOSE_PROFILES: 'stand-ins',
    ...options.settings,
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`)
  await writeFile(join(folder, '.env'), lines.join(''))
  await writeSecrets(join(folder, 'secrets'), { ...newSecrets(), ...standInSecrets, ...options.secrets })
  await writeFile(join(folder, 'subnets.json'), withSubnets([]))
  const stack = stackAt({
    folder,
    project,
    files: [...files, ...(options.files ?? []), 'subnets.json'],
    ports: { http, https, standIns },
    ...(options.socket && { socket: options.socket }),
  })
  const { networks } = JSON.parse(await stack.compose('config', '--format', 'json'))
  await writeFile(join(folder, 'subnets.json'), withSubnets(Object.keys(networks)))
  try {
    await stack.build()
    if (options.socket) await copyImages(project, options.socket)
    await stack.compose('up', '--detach', '--no-build', '--wait', '--wait-timeout', '180')
  } catch (error) {
    const logs = await stack.compose('logs', '--tail', '20').catch(String)
    await stack.down().catch(() => undefined)
    throw new Error(`docker compose up failed\n${logs}`, { cause: error })
  }
  return stack
}

// The tokens that docker-compose.yml gives the stand-ins.
const standInSecrets = {
  accounts_token: 'token-of-the-accounts-in-development',
  crm_token: 'token-of-the-crm-in-development',
  crm_webhook_secret: 'webhook-secret-of-the-crm-in-development',
  mail_url: 'smtp://standins:1025',
}

async function writeSecrets(folder: string, texts: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(folder)
  for (const [name, text] of Object.entries(texts)) await writeFile(join(folder, name), text, { mode: 0o444 })
}

async function copyImages(tag: string, socket: string): Promise<void> {
  const images = await imagesOf(tag)
  await run('sh', ['-c', `docker save ${images.join(' ')} | docker --host unix://${socket} load`])
}
