// nginx sends them by itself, or they belong to one answer.
const notSet = new Set(['server', 'date', 'content-type', 'content-length', 'connection', 'keep-alive'])
const variables: Readonly<Record<string, string>> = { 'x-request-id': '$request_id' }

/** Lines of nginx's configuration that set the headers of an answer; names and values in turn. */
export function headerLines(rawHeaders: readonly string[]): string {
  const lines: string[] = ['etag off;']
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = rawHeaders.slice(at, at + 2)
    const key = name.toLowerCase()
    if (notSet.has(key)) continue
    if (value.includes('$')) throw new Error(`nginx would take a part of ${name} for a variable: ${value}`)
    const text = variables[key] ?? `"${value.replace(/["\\]/g, '\\$&')}"`
    lines.push(`add_header ${name} ${text} always;`)
  }
  return `${lines.join('\n')}\n`
}
