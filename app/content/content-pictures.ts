import { join } from 'node:path'
import { type Picture, stemOf } from '../images/picture.ts'
import type { MediaFile } from './assemble.ts'

/** A picture of the content: where it is served, and its file. */
export interface ContentPicture extends Picture {
  url: string
  /** Relative to the content folder. */
  file: string
  path: string
}

/** The pictures among the media, by their URL without its ending. */
export function picturesByStem(
  dir: string,
  media: Readonly<Record<string, MediaFile>>,
): Map<string, ContentPicture[]> {
  const pictures = new Map<string, ContentPicture[]>()
  for (const [url, { file, picture }] of Object.entries(media)) {
    if (!picture) continue
    const found = { ...picture, url, file, path: join(dir, file) }
    const same = pictures.get(stemOf(url))
    if (same) same.push(found)
    else pictures.set(stemOf(url), [found])
  }
  return pictures
}
