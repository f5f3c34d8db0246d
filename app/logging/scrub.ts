import { privateNames, scrubText } from './scrub-text.ts'

// Most lines hold nothing private: one cheap look spares them the rest.
const suspicious = new RegExp(`@|%40|session=|signature|bearer|${privateNames}`, 'i')
const isPrivate = new RegExp(privateNames, 'i')

/** Takes passwords, cookies, tokens and e-mail addresses out of a finished log line, wherever they got in. */
export function scrub(line: string): string {
  if (!suspicious.test(line)) return line
  try {
    return `${JSON.stringify(scrubbed(JSON.parse(line)))}\n`
  } catch {
    return scrubText(line)
  }
}

function scrubbed(value: unknown): unknown {
  if (typeof value === 'string') return scrubText(value)
  if (Array.isArray(value)) return value.map(scrubbed)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).map(([name, inner]) => [
    scrubText(name),
    isPrivate.test(name) ? '[redacted]' : scrubbed(inner),
  ])
  return Object.fromEntries(fields)
}
