import type { RequestHandler } from 'express'
import type { Content } from '../content/content.ts'
import type { ContentPicture } from '../content/content-pictures.ts'
import { DerivedPictures } from '../images/derived-pictures.ts'
import { type Derived, derivedName, isOffered, readDerivedUrl } from '../images/picture.ts'
import type { Log } from '../logging/log.ts'

/** Pictures of the content in the sizes and formats that pages offer them in; their names hold their hash. */
export function pictureFiles(content: () => Content, cacheDir: string): RequestHandler {
  const derived = new DerivedPictures(cacheDir)

  async function fileOf(picture: ContentPicture, asked: Derived, log: Log): Promise<string | undefined> {
    try {
      return await derived.file(picture, asked)
    } catch (error) {
      log.error({ err: error }, `${picture.path} cannot be decoded: save it again`)
      return undefined
    }
  }

  return async (req, res, next) => {
    const asked = req.method === 'GET' || req.method === 'HEAD' ? readDerivedUrl(req.path) : undefined
    if (!asked) return next()
    const pictures = content().pictures(asked.stem)
    const picture = pictures.find((one) => isOffered(one, asked))
    const file = picture && (await fileOf(picture, asked, req.log as Log))
    if (file) {
      res.set({ 'Cache-Control': 'public, max-age=31536000, immutable', ETag: `"${derivedName(asked)}"` })
      return res.sendFile(file, { cacheControl: false, lastModified: false, dotfiles: 'allow' })
    }
    const original = picture ?? pictures[0]
    if (!original) return next()
    // It cannot be made here, or a page of another release asked: the original is right, for now.
    res.set('Cache-Control', 'no-store').redirect(302, original.url)
  }
}
