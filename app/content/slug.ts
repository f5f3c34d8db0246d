/** A heading as an anchor: lower case, letters and digits of any script, words joined by '-'. */
export const headingSlug = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_\s-]/gu, '')
    .trim()
    .replace(/\s+/g, '-')

/** A tag as its URL has it; tags that differ in case or punctuation alone are one. */
export const tagSlug = (tag: string): string =>
  tag
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
