import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { stringify } from 'csv-stringify'
import type { RequestHandler } from 'express'
import type { Invite } from '../invites/invite.ts'
import type { InviteStore } from '../invites/invite-store.ts'
import type { SignupParts } from '../signup/signup-parts.ts'
import { audit } from './audit.ts'
import { inviteRow } from './invite-rows.ts'

const readAtOnce = 500

const columns = [
  { key: 'email', header: 'E-mail' },
  { key: 'name', header: 'Name' },
  { key: 'company', header: 'Company' },
  { key: 'purpose', header: 'What for' },
  { key: 'label', header: 'State' },
  { key: 'requestedAt', header: 'Requested' },
  { key: 'deliveredAt', header: 'Delivered to the CRM' },
  { key: 'invitedAt', header: 'Invited' },
  { key: 'signedUpAt', header: 'Signed up' },
  { key: 'workspace', header: 'Workspace' },
]

/** All invites as CSV (RFC 4180), newest first, however many there are. */
export const exportCsv =
  ({ invites }: Pick<SignupParts, 'invites'>): RequestHandler =>
  async (req, res) => {
    const first = await readPage(invites, 0)
    audit(req, 'export')
    const day = new Date().toISOString().slice(0, 10)
    res.set('Content-Disposition', `attachment; filename="invites-${day}.csv"`)
    res.type('text/csv; charset=utf-8')
    // A cell that begins like a formula would be run by the program that opens the file:
    // https://owasp.org/www-community/attacks/CSV_Injection. Without the mark in front, Excel takes UTF-8 for Latin-1.
    const csv = stringify({
      header: true,
      columns,
      escape_formulas: true,
      bom: true,
      record_delimiter: 'windows',
    })
    await pipeline(Readable.from(rows(invites, first)), csv, res)
  }

/** Requests that arrive meanwhile move all others on by one: what was written already is left out. */
async function* rows(invites: InviteStore, first: readonly Invite[]) {
  const written = new Set<string>()
  for (let page = first, from = 0; page.length > 0; page = await readPage(invites, from)) {
    from += page.length
    for (const invite of page) {
      if (!written.has(invite.id)) yield inviteRow(invite)
      written.add(invite.id)
    }
  }
}

const readPage = async (invites: InviteStore, from: number): Promise<readonly Invite[]> =>
  (await invites.list({ text: '', from, length: readAtOnce })).invites
