// With a date before it and `.md` behind, it fits the 255 bytes of a file name in every script.
const longest = 60

const plainLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
}

/**
 * A title as part of an address: small letters and digits of any script, words joined by '-', Latin letters
 * without their accents. Empty when the title has neither letter nor digit.
 */
export function titleSlug(title: string): string {
  const slug = title
    .normalize('NFKD')
    .replace(/(\p{Script=Latin})\p{M}+/gu, '$1')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[ßæœøłđðþı]/g, (letter) => plainLetters[letter] ?? letter)
    .replace(/['’ʼ]/g, '')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, '-')
    .replace(/^-|-$/g, '')
  return shortened([...slug])
}

function shortened(characters: readonly string[]): string {
  const start = characters.slice(0, longest).join('')
  const cutsWord = characters.length > longest && characters[longest] !== '-'
  return cutsWord && start.includes('-') ? start.slice(0, start.lastIndexOf('-')) : start.replace(/-$/, '')
}
