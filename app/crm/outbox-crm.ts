import { appendFile, mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { OutsideError } from '../outside/outside-error.ts'
import type { ContactNews, CrmClient, CrmContact } from './crm-client.ts'

const fileName = 'crm.jsonl'

const outboxLine = z.object({
  email: z.string(),
  name: z.string().optional(),
  company: z.string().optional(),
  purpose: z.string().optional(),
  status: z.enum(['requested', 'invited', 'signed up']),
})

type News = z.infer<typeof outboxLine>

interface Line {
  readonly news: News
  /** Bytes from the start of the file. */
  readonly start: number
  readonly length: number
}

/**
 * Keeps contacts in OUTBOX_DIR/crm.jsonl, where no CRM is configured: a line of news whenever one changes.
 * Several processes may write at once, since what is there is never moved: forgetting blanks it out.
 */
export function createOutboxCrm(outboxDir: string): CrmClient {
  const file = join(outboxDir, fileName)
  const at = <Answer>(work: Promise<Answer>): Promise<Answer> =>
    work.catch((error: NodeJS.ErrnoException) => {
      throw new OutsideError('crm', 'failing', `cannot use ${file} (${error.code}): see OUTBOX_DIR`, {
        cause: error,
      })
    })

  return {
    upsert: (news) => at(append(outboxDir, file, news)),
    contact: async (id) =>
      (await at(readLines(file)))
        .filter(({ news }) => news.email === id)
        .reduce<CrmContact | undefined>(withNews, undefined),
    forget: (email) => at(blank(file, email)),
    close: async () => {},
  }
}

/** As in HubSpot, what is left out or empty stays as it was. */
const withNews = (
  { name = '', company = '', purpose = '' }: Partial<CrmContact> = {},
  { news }: Line,
): CrmContact => ({
  ...{ email: news.email, status: news.status },
  ...{ name: news.name || name, company: news.company || company, purpose: news.purpose || purpose },
})

async function append(folder: string, file: string, news: ContactNews): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const line = JSON.stringify({ at: new Date().toISOString(), ...news })
  // The line break in front keeps a line that a crash cut short from spoiling this one.
  await appendFile(file, `\n${line}\n`, { mode: 0o600, flush: true })
}

async function readLines(file: string): Promise<Line[]> {
  const text = await readFile(file).catch(noFile)
  const lines: Line[] = []
  for (let start = 0, end = 0; start < text.length; start = end + 1) {
    end = text.indexOf('\n', start)
    if (end < 0) break
    const news = readLine(text.toString('utf8', start, end))
    if (news) lines.push({ news, start, length: end - start })
  }
  return lines
}

function readLine(text: string): News | undefined {
  try {
    return outboxLine.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

async function blank(file: string, email: string): Promise<void> {
  const lines = (await readLines(file)).filter(({ news }) => news.email === email)
  if (lines.length === 0) return
  await using opened = await open(file, 'r+')
  for (const { start, length } of lines) await opened.write(Buffer.alloc(length, ' '), 0, length, start)
  await opened.datasync()
}

function noFile(error: NodeJS.ErrnoException): Buffer {
  if (error.code === 'ENOENT') return Buffer.alloc(0)
  throw error
}
