import type { Component, CronSchedule } from '../definition/model.ts'

/** Whether a time of the schedule lies in the minute of `moment`; times are in UTC. */
export function isDue(schedule: CronSchedule, moment: Date): boolean {
  const { minutes, hours, days, months, weekdays, eitherDay } = schedule
  const day = days.includes(moment.getUTCDate())
  const weekday = weekdays.includes(moment.getUTCDay())
  return (
    minutes.includes(moment.getUTCMinutes()) &&
    hours.includes(moment.getUTCHours()) &&
    months.includes(moment.getUTCMonth() + 1) &&
    (eitherDay ? day || weekday : day && weekday)
  )
}

/** Components of which a time lies in the last minutes, this one included. */
export function dueComponents(components: readonly Component[], now: Date, minutes: number): Component[] {
  const moments = Array.from({ length: minutes }, (_, ago) => new Date(now.getTime() - ago * 60_000))
  return components.filter(
    ({ schedule }) => schedule?.kind === 'cron' && moments.some((moment) => isDue(schedule, moment)),
  )
}
