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
  'workspace by invite': { points: 60, seconds: hour },
  'account by invite': { points: 20, seconds: hour },
  'sign-in by client': { points: 20, seconds: hour / 4 },
  // Far more than one client may take, so that nobody can lock an operator out alone.
  'sign-in by name': { points: 100, seconds: hour / 4 },
})
