import type { TopSearches } from '../search/search-side.ts'
import type { SignupParts } from '../signup-parts.ts'
import type { OperatorHandlers } from '../signup-side.ts'
import { exportCsv } from './export-csv.ts'
import { inviteNow } from './invite-now.ts'
import { overview } from './overview.ts'
import { queuePages } from './queue-pages.ts'
import { searchesPage } from './searches-page.ts'
import { signInHandlers } from './sign-in.ts'
import { withToken } from './with-token.ts'

/** The pages behind /admin; who may see them is the guard's business, see operators-only.ts. */
export function operatorHandlers(parts: SignupParts & { topSearches: TopSearches }): OperatorHandlers {
  const { operatorSignOut, ...signIn } = signInHandlers(parts)
  return {
    ...signIn,
    operatorSignOut: withToken(operatorSignOut),
    overview: overview(parts),
    inviteNow: withToken(inviteNow(parts)),
    exportCsv: exportCsv(parts),
    searches: searchesPage(parts),
    queue: queuePages(parts),
  }
}
