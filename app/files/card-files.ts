import type { RequestHandler } from 'express'
import { cardNameOf } from '../cards/card.ts'
import { type CardFile, CardFiles } from '../cards/card-files.ts'
import { siteCard } from '../cards/site-cards.ts'
import type { Site } from '../pages/site.ts'

/** The drawn image of each page, which networks show beside a link; its name holds the hash of what it shows. */
export function cardFiles(site: () => Site, cacheDir: string): RequestHandler {
  const files = new CardFiles(cacheDir)

  async function fileOf(name: string): Promise<CardFile | undefined> {
    const saved = files.saved(name)
    if (saved) return saved
    const card = await siteCard(site(), name)
    return card && files.file(card)
  }

  return async (req, res, next) => {
    const name = req.method === 'GET' || req.method === 'HEAD' ? cardNameOf(req.path) : undefined
    const file = name && (await fileOf(name))
    if (!file) return next()
    res.set({ 'Cache-Control': 'public, max-age=31536000, immutable', ETag: `"${name}"` })
    if (typeof file !== 'string') return void res.type('png').send(file)
    res.sendFile(file, { cacheControl: false, lastModified: false, dotfiles: 'allow' })
  }
}
