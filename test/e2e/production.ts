import { randomBytes } from 'node:crypto'
import { type Container, docker, startContainer } from '../lab/docker.ts'

const image = 'dogfood-webapp:test'
const hardened = ['--read-only', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges']

/** Builds the webapp's image from a checkout; its release is `e2e`. */
export const buildProduction = (checkout: string): Promise<string> =>
  docker('build', '--quiet', '--tag', image, '--build-arg', 'RELEASE=e2e', checkout)

/** Starts the built image as webapp with production's settings; `redis` is the host of its stores. */
export const startProduction = (redis: string, ...options: string[]): Promise<Container> =>
  start([], redis, options)

/** Starts the built image as worker. */
export const startProductionWorker = (redis: string, ...options: string[]): Promise<Container> =>
  start(['node', 'app/worker.ts'], redis, options)

function start(args: readonly string[], redis: string, options: readonly string[]): Promise<Container> {
  const settings = {
    CACHE_URL: `redis://${redis}:6379`,
    SESSIONS_URL: `redis://${redis}:6379`,
    PUBLIC_URL: 'https://dogfood.test',
    SESSION_SECRETS: randomBytes(32).toString('hex'),
    QUEUE_URL: `redis://${redis}:6379`,
    SIGNUP_SECRETS: randomBytes(32).toString('hex'),
    ACCOUNTS_URL: 'http://accounts.test',
    ACCOUNTS_TOKEN: 'of no account system',
    MAIL_URL: 'smtp://mail.test',
    MAIL_FROM: 'Dogfood <hello@dogfood.test>',
    DRAIN_SECONDS: '1',
  }
  const environment = Object.entries(settings).flatMap(([name, value]) => ['--env', `${name}=${value}`])
  return startContainer({ image, args, ports: [8000], options: [...hardened, ...environment, ...options] })
}
