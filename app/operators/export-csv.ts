import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { stringify } from 'csv-stringify'
import type { RequestHandler } from 'express'
import type { InviteStore } from '../invites/invite-store.ts'
import type { SignupParts } from '../signup-parts.ts'
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
    const ids = await invites.ids()
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
    await pipeline(Readable.from(rows(invites, ids)), csv, res)
  }

/** Whoever asks again meanwhile moves to the front of all lists, so only the ids are read as a list. */
async function* rows(invites: InviteStore, ids: readonly string[]) {
  for (let from = 0; from < ids.length; from += readAtOnce) {
    const found = await Promise.all(ids.slice(from, from + readAtOnce).map(invites.find))
    for (const invite of found) if (invite) yield inviteRow(invite)
  }
}
