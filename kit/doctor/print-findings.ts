import type { Finding } from './finding.ts'

/** Findings with what to do, the worst first. */
export function printFindings(findings: readonly Finding[]): string {
  const lines = findings.flatMap(({ check, level, what, fix }) => [
    `${level.padEnd(8)} ${check.padEnd(11)} ${what}`,
    ...(fix === undefined ? [] : [`${' '.repeat(21)}${fix}`]),
  ])
  const bad = findings.filter(({ level }) => level === 'error' || level === 'warning').length
  const end =
    bad === 0 ? 'Nothing has to be mended.' : `${bad} ${bad === 1 ? 'finding' : 'findings'} to be mended.`
  return `${lines.join('\n')}\n\n${end}\n`
}
