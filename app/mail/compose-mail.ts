import type { MailKind } from '../deliveries/task.ts'
import type { Invite } from '../invites/invite.ts'
import { greetingName } from './greeting-name.ts'
import type { Mail } from './mailer.ts'

export interface MailedLink {
  /** The whole address. */
  readonly url: string
  /** Until when it opens (ms since 1970). */
  readonly expires: number
}

export interface MailParts {
  readonly invite: Invite
  /** What opens the invite; an invite mail has one. */
  readonly link?: MailedLink | undefined
  readonly siteName: string
  readonly publicUrl: string
}

type Render = (template: string, context: object) => string

// A mail can be late, and is read anywhere: it names the moment, in a time that is the same everywhere.
const momentForm = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'UTC',
})

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
    link: link?.url ?? `${publicUrl}/`,
    linkUntil: link ? `${momentForm.format(link.expires)} UTC` : '',
  }
  return {
    subject,
    text: render(`mail/${kind}.text`, { mail }),
    html: render(`mail/${kind}.html`, { mail }),
  }
}
