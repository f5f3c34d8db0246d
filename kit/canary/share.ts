import { murmurHash2 } from './murmur-hash.ts'

/** Whether a number can be a share of the visitors: percent, from 0 to 100, of at most two decimals as in nginx. */
export const isShare = (percent: number): boolean =>
  percent >= 0 && percent <= 100 && Math.round(percent * 100) / 100 === percent

/**
 * Whether a text falls into the first part of nginx's split_clients. The part has the hashes below
 * floor(hundredths * 0xffffffff / 10000), where hundredths are those of a percent:
 * https://github.com/nginx/nginx/blob/release-1.30.0/src/http/modules/ngx_http_split_clients_module.c
 */
export function isInShare(percent: number, text: string): boolean {
  if (percent >= 100) return true
  const hundredths = Math.round(percent * 100)
  // Below 2^53, so the product is exact.
  return murmurHash2(Buffer.from(text)) < Math.floor((hundredths * 0xffffffff) / 10_000)
}

/**
 * How split_clients has to name a share in its first part, `5%`; undefined for 0, for which nginx has no part.
 * All are `*`: before 1.31.2 nginx leaves the greatest hash out of `100%`.
 */
export const splitPart = (percent: number): string | undefined =>
  percent <= 0 ? undefined : percent >= 100 ? '*' : `${percent}%`
