import { hostname } from 'node:os'
import { loginName } from '../cli/asked-app.ts'
import type { Context } from '../cli/context.ts'
import { git } from '../docker.ts'

/** Who deploys: the person behind a CI run, where it says so. */
export const authorOf = (context: Context): string => {
  if (context.caller) return context.caller.who
  return context.env.GITHUB_ACTOR ? `${context.env.GITHUB_ACTOR} (CI)` : `${loginName(context)}@${hostname()}`
}

/** The commit that is checked out, with a plus where something was changed since; undefined without git. */
export async function revisionOf(): Promise<string | undefined> {
  try {
    const commit = await git('rev-parse', '--short=12', 'HEAD')
    return (await git('status', '--porcelain')) === '' ? commit : `${commit}+`
  } catch {
    return undefined
  }
}
