const longestName = 40
const mostWords = 5

// Letters with their marks; apostrophes and hyphens within a word; a full stop only after it, as in "Ada M. King".
const word = /^\p{L}[\p{L}\p{M}]*(?:['’-]\p{L}[\p{L}\p{M}]*)*\.?$/u

/**
 * The name as a mail may show it; empty where it could be anything but a name. Anybody can type a name and another
 * person's address into the form, so no digit, no link and no sentence may get into that person's mail with it.
 */
export function greetingName(name: string): string {
  const words = name.normalize('NFC').split(/\s+/).filter(Boolean)
  const cleaned = words.join(' ')
  const isName = cleaned.length <= longestName && words.length <= mostWords
  return isName && words.every((part) => word.test(part)) ? cleaned : ''
}
