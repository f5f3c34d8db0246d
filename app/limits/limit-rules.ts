import type { Config } from '../config/config.ts'
import type { LimitName } from './limits.ts'

export interface LimitRule {
  readonly points: number
  readonly seconds: number
}

const hour = 3600

/** How many of what are taken in which time. Many people may share a client address, an e-mail address is one person's. */
export const limitRules = ({
  invitesPerHour,
}: Pick<Config, 'invitesPerHour'>): Readonly<Record<LimitName, LimitRule>> => ({
  'invite by client': { points: invitesPerHour, seconds: hour },
  'invite by address': { points: 5, seconds: hour },
  'link by client': { points: 10, seconds: hour },
  'link by address': { points: 3, seconds: hour },
  'account by session': { points: 20, seconds: hour },
  'sign-in by client': { points: 20, seconds: hour / 4 },
  'sign-in by name': { points: 10, seconds: hour / 4 },
})
