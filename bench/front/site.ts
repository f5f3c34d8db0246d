import { startApps } from './apps.ts'
import { startBalancer } from './balancer.ts'
import { type NginxOptions, startNginx } from './nginx.ts'
import type { Place } from './place.ts'

/** Starts nginx, HAProxy, a webapp and its Redis; where nginx is, with TLS if production's configuration is wanted. */
export async function startSite(
  place: Place,
  content: string,
  configuration: 'nginx.conf' | 'production.conf' = 'nginx.conf',
  nginx: NginxOptions = {},
): Promise<string> {
  await startApps(place, { content })
  await startBalancer(place)
  const { address } = await startNginx(place, { configuration, ...nginx })
  return configuration === 'production.conf' ? `https://${address}:8443` : `http://${address}:8080`
}
