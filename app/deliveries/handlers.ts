import { handleAccountAskedFor, handleSignedUp } from './handle-account.ts'
import { handleContact } from './handle-contact.ts'
import { handleInvite, handleInvitedInCrm, handleNewLink } from './handle-invite.ts'
import { handleMail } from './handle-mail.ts'
import { handleRequest } from './handle-request.ts'
import type { Handler, HandlerParts, Handlers } from './handler.ts'
import type { Task, WorkKind } from './task.ts'

/** What is done for a task of each kind. */
export function handlers(parts: HandlerParts): Handler<WorkKind> {
  const byKind: Handlers = {
    request: handleRequest(parts),
    invite: handleInvite(parts),
    'new link': handleNewLink(parts),
    'signed up': handleSignedUp(parts),
    contact: handleContact(parts),
    'invited in the CRM': handleInvitedInCrm(parts),
    'account asked for': handleAccountAskedFor(parts),
    mail: handleMail(parts),
  }
  // A task meets the handler of its own kind, which the compiler cannot follow through the table.
  return (task: Task, attempt) => (byKind[task.kind] as Handler<WorkKind>)(task, attempt)
}
