const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
const entities = new Map(Object.entries(characters).map(([name, character]) => [character, `&${name};`]))

/** The text that an attribute of our own HTML holds. */
export const decodedText = (html: string): string =>
  html.replace(/&(amp|lt|gt|quot|#39);/g, (entity, name) => characters[name] ?? entity)

/** Text as an attribute of HTML holds it. */
export const escapedText = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities.get(character) ?? character)
