import { test } from 'node:test'
import { openLimits } from '../../app/limits/open-limits.ts'
import { invitesPerHour, limitsCases, signupSecrets } from './limits-cases.ts'

for (const [title, check] of Object.entries(limitsCases)) {
  test(`in memory, ${title}`, async () => {
    await check(await openLimits({ cacheUrl: 'memory:', invitesPerHour, signupSecrets }))
  })
}
