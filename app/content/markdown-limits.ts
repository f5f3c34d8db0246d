// Each level of a nested list or quotation costs the parser another pass over all that it holds.
const maxDepth = 30
const maxIndent = 200

const containers = /^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))+/

/** The first line (from 0) nested too deep to be parsed; -1 when all is well. */
export const tooDeepLine = (source: string): number => source.split('\n').findIndex(isTooDeep)

function isTooDeep(line: string): boolean {
  const prefix = containers.exec(line)?.[0]
  if (!prefix) return false
  const depth = prefix.match(/>|[-*+](?=[ \t])|\d+[.)]/g)?.length ?? 0
  // The last marker has no blank behind it inside the match.
  return depth >= maxDepth || prefix.length > maxIndent
}
