import { load, YAMLException } from 'js-yaml'
import type { Fault } from './fault.ts'
import { errorAt } from './source.ts'

// An alias costs a few bytes and can stand for a megabyte: both their number and what they expand to are bounded.
const maxAliases = 20
const maxNodes = 100_000
const maxCharacters = 4_000_000

const isBlank = /^(?:[ \t]*(?:#[^\n]*)?(?:\n|$))*$/

/** Parses YAML to plain values; a fault when it is not YAML or grows beyond measure. `firstLine`: where the text begins in its file. */
export function parseYaml(file: string, text: string, firstLine = 1): { value: unknown } | { fault: Fault } {
  try {
    const value = isBlank.test(text) ? undefined : load(text, { maxAliases, maxDepth: 50 })
    if (isBounded(value)) return { value }
    const fix = 'write the values out, or keep fewer of them'
    return {
      fault: errorAt(file, firstLine, 1, 'the YAML stands for too many values through its aliases', fix),
    }
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error
    const line = firstLine + (error.mark?.line ?? 0)
    const column = (error.mark?.column ?? 0) + 1
    const tooMany = /alias/i.test(error.reason) && /max|exceed|limit/i.test(error.reason)
    if (tooMany) {
      return {
        fault: errorAt(file, line, column, `more than ${maxAliases} YAML aliases`, 'write the values out'),
      }
    }
    return {
      fault: errorAt(
        file,
        line,
        column,
        `YAML error: ${error.reason}`,
        fixFor(error.reason, text, line - firstLine),
      ),
    }
  }
}

function fixFor(reason: string, text: string, line: number): string {
  const source = text.split('\n')[line] ?? ''
  if (source.includes('\t')) return 'indent with spaces, not tabs'
  if (/duplicat/i.test(reason)) return 'keep one of the two'
  if (/^[\w-]+:\s+[^"'[{|>].*:\s/.test(source)) return 'put the value in quotes: it holds a colon'
  return 'check quotes, colons and indentation on this line'
}

// Counted without recursion: aliases may nest deeper than the stack, or in a circle.
function isBounded(root: unknown): boolean {
  const open: unknown[] = [root]
  let characters = 0
  for (let count = 0; open.length > 0; count++) {
    if (count + open.length > maxNodes || characters > maxCharacters) return false
    const value = open.pop()
    if (typeof value === 'string') characters += value.length
    if (typeof value === 'object' && value !== null)
      for (const child of Object.values(value)) open.push(child)
  }
  return true
}
