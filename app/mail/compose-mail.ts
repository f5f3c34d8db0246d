import type { MailKind } from '../deliveries/task.ts'
import type { Invite } from '../invites/invite.ts'
import { linkLifetimeMilliseconds } from '../invites/link-token.ts'
import { greetingName } from './greeting-name.ts'
import type { Mail } from './mailer.ts'

export interface MailParts {
  readonly invite: Invite
  /** The whole address that opens the invite; an invite mail has one. */
  readonly link?: string | undefined
  readonly siteName: string
  readonly publicUrl: string
}

type Render = (template: string, context: object) => string

const dayMilliseconds = 24 * 3600 * 1000

const subjectOf: Readonly<Record<MailKind, (siteName: string) => string>> = {
  invite: (siteName) => `Your invite to ${siteName}`,
  welcome: (siteName) => `Welcome to ${siteName}`,
}

/** The words of a mail, from `app/views/mail/`, as text and as HTML that says the same. */
export function composeMail(
  kind: MailKind,
  { invite, link, siteName, publicUrl }: MailParts,
  render: Render,
): Pick<Mail, 'subject' | 'text' | 'html'> {
  if (kind === 'invite' && link === undefined) throw new Error('an invite mail needs the link that it brings')
  const subject = subjectOf[kind](siteName)
  const mail = {
    subject,
    siteName,
    publicUrl,
    name: greetingName(invite.name),
    workspace: invite.workspace ?? '',
    link: link ?? `${publicUrl}/`,
    linkDays: linkLifetimeMilliseconds / dayMilliseconds,
  }
  return {
    subject,
    text: render(`mail/${kind}.text`, { mail }),
    html: render(`mail/${kind}.html`, { mail }),
  }
}
