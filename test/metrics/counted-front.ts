import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Container, composeProject, docker, MARK, startContainer } from '../lab/docker.ts'
import { until } from '../until.ts'
import { type Sample, samplesOf } from './scrape.ts'

const root = join(import.meta.dirname, '../..')
const image = 'dogfood-nginx:counted-test'
const hardened = ['--read-only', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges']

/** nginx with the lines it writes for the counter, and the counter beside it, as production shares them. */
export interface CountedFront {
  readonly url: string
  readonly counter: Container
  readonly nginx: Container
  readonly volume: string
  /** What Prometheus would read, once it has been counted anew. */
  scrape(): Promise<Sample[]>
  /** Runs a command beside nginx. */
  run(...command: string[]): Promise<string>
  stop(): Promise<void>
}

const configuration = `
  include conf/process.conf;
  events { worker_connections 1024; }
  http {
    default_type text/plain;
    client_body_temp_path /tmp/body;
    proxy_temp_path /tmp/proxy;
    fastcgi_temp_path /tmp/fastcgi;
    uwsgi_temp_path /tmp/uwsgi;
    scgi_temp_path /tmp/scgi;
    include conf/metrics.conf;
    server {
      listen 8080;
      location = /healthz { access_log off; return 200; }
      location = /missing { return 404; }
      location = /broken { return 503; }
      location / { return 200 "hello\\n"; }
    }
  }
`

/** Starts both; the volume holds `size`. */
export async function startCountedFront(size: string): Promise<CountedFront> {
  await docker(
    'build',
    '--quiet',
    '--target',
    'front',
    '--tag',
    image,
    '--file',
    `${root}/nginx/Dockerfile`,
    root,
  )
  const volume = composeProject(`requests-${size}`)
  const options = `size=${size},uid=101,gid=101,mode=0750`
  const driver = ['type=tmpfs', 'device=tmpfs', `o=${options}`].flatMap((option) => ['--opt', option])
  await docker('volume', 'create', '--label', `${MARK}=${process.pid}`, ...driver, volume)
  const folder = mkdtempSync(join(tmpdir(), 'dogfood-counted-'))
  mkdirSync(join(folder, 'conf'))
  chmodSync(folder, 0o755)
  writeFileSync(join(folder, 'production.conf'), configuration)
  const place = [...hardened, '--tmpfs', '/tmp:uid=101,gid=101', '--volume', `${volume}:/srv/requests`]
  const published = [
    '--volume',
    `${folder}:/srv/front/nginx:ro`,
    '--volume',
    `${root}/nginx/conf:/srv/front/nginx/conf:ro`,
  ]
  const certificate = ['--volume', `${folder}/production.conf:/srv/tls/certificate.pem:ro`]
  const nginx = await startContainer({
    image,
    args: ['front'],
    ports: [8080, 9113],
    options: [...place, ...published, ...certificate],
  })
  const counter = await startContainer({
    image,
    args: ['count-requests'],
    options: [...place, '--network', 'none', '--init', '--stop-signal', 'SIGTERM'],
  })
  const url = `http://127.0.0.1:${nginx.port(8080)}`
  const metrics = `http://127.0.0.1:${nginx.port(9113)}/metrics`
  const front: CountedFront = {
    url,
    counter,
    nginx,
    volume,
    scrape: async () => samplesOf(await (await fetch(metrics)).text()),
    run: (...command) => docker('exec', nginx.id, ...command),
    async stop() {
      await Promise.all([nginx.remove(), counter.remove()])
      await docker('volume', 'rm', volume)
    },
  }
  const answers = async () => (await fetch(metrics).catch(() => undefined))?.status === 200
  await until(answers, 'nginx to serve its numbers')
  return front
}
