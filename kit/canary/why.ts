/** Why a canary is begun where nobody says why: what was typed. */
export const typedWhy = (component: string, tag: string): string => `canary ${component}=${tag}`

/** The reason that somebody gave, in one line; undefined where nobody did. */
export const givenWhy = (why: string): string | undefined =>
  /^canary \S+=\S+$/.test(why) ? undefined : why.replace(/\s+/g, ' ')
