import { ago } from './ago.ts'

/** Who deploys, since when and why, as the lock has it. */
export function sayLock(content: string, createdAt: string, now: Date): string {
  const { who = 'somebody', why = 'a deploy' } = JSON.parse(content) as { who?: string; why?: string }
  return `${why} by ${who}, since ${ago(createdAt, now)}`
}
