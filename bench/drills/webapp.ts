import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { type Container, startContainer } from '../../test/lab/docker.ts'
import { until } from '../../test/until.ts'

const paths = ['/', '/docs', '/blog'] as const
/** The webapp's production settings in a drill. */
export const settings = {
  CACHE_URL: 'redis://redis:6379',
  SESSIONS_URL: 'redis://redis:6379',
  PUBLIC_URL: 'https://dogfood.test',
  SESSION_SECRETS: randomBytes(32).toString('hex'),
  QUEUE_URL: 'redis://redis:6379',
  SIGNUP_SECRETS: randomBytes(32).toString('hex'),
  ACCOUNTS_URL: 'http://accounts.test',
  ACCOUNTS_TOKEN: 'of no account system',
  MAIL_URL: 'smtp://mail.test',
  MAIL_FROM: 'Dogfood <hello@dogfood.test>',
  DRAIN_SECONDS: '3',
}

/** Something that visitors reach the instances through. */
export interface Entrance {
  readonly urls: readonly string[]
  stop(): Promise<void>
}

/** HAProxy, which knows of each instance whether it is ready. */
export const startBalancer = (network: string): Promise<Entrance> =>
  entrance(
    'haproxy:3.2.26',
    network,
    `${join(import.meta.dirname, 'balancer.cfg')}:/usr/local/etc/haproxy/haproxy.cfg:ro`,
  )

/** nginx with one of the configurations of this folder, which sends visitors to any instance that DNS knows. */
export const startProxy = (config: string) => (network: string) =>
  entrance('nginx:1.30.6', network, `${join(import.meta.dirname, config)}:/etc/nginx/nginx.conf:ro`)

async function entrance(image: string, network: string, config: string): Promise<Entrance> {
  const container = await startContainer({
    image,
    ports: [8080],
    options: ['--network', network, '--volume', config],
  })
  return {
    urls: paths.map((path) => `http://127.0.0.1:${container.port(8080)}${path}`),
    stop: container.remove,
  }
}

export const startRedis = (network: string): Promise<Container> =>
  startContainer({ image: 'redis:8.10.1', options: ['--network', network, '--network-alias', 'redis'] })

/** Waits until every page answers, so many times in a row. */
export const untilServing = ({ urls }: Entrance): Promise<void> =>
  until(
    async () =>
      (await Promise.all([...urls, ...urls, ...urls].map((url) => fetch(url)))).every(({ ok }) => ok),
    'the instances to serve',
    60,
  )
