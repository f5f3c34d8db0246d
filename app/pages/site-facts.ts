import type { Content } from '../content/content.ts'

/** What data/site.yml says of the site as a whole. */
export interface SiteFacts {
  readonly name: string
  readonly tagline: string
  /** As BCP 47 writes it. */
  readonly lang: string
}

/** The name, the tagline and the language of the site, whatever its data file holds. */
export function siteFacts({ content }: { readonly content: Pick<Content, 'data'> }): SiteFacts {
  const { site } = content.data() as { site?: Readonly<Record<string, unknown>> | null }
  const text = (key: string, otherwise: string) => {
    const value = site?.[key]
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : otherwise
  }
  return { name: text('name', 'Website'), tagline: text('tagline', ''), lang: text('lang', 'en') }
}
