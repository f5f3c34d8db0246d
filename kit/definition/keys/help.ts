import { sections } from './table.ts'

const WIDTH = 100

/** The text of `swarm help keys`. */
export function keysHelp(): string {
  const blocks = sections().map(({ title, path, rows }) => {
    const heading = path === '' ? title : `${title}, in ${path}`
    const wide = Math.max(...rows.map(({ key }) => key.length)) + 2
    const lines = rows.flatMap(({ key, required, takes, fallback, meaning }) => {
      const end = required ? ' Required.' : fallback ? ` Without it: ${fallback}.` : ''
      const text = wrap(`${meaning}${end} Takes ${takes}.`.replaceAll('`', ''), WIDTH - wide - 2)
      return text.map((line, index) => `  ${(index === 0 ? key : '').padEnd(wide)}${line}`)
    })
    return [heading.replaceAll('`', ''), ...lines].join('\n')
  })
  return `${blocks.join('\n\n')}\n`
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
