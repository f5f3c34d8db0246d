import type { Content } from '../content/content.ts'
import type { ContentPicture } from '../content/content-pictures.ts'
import type { Fault } from '../content/fault.ts'
import { errorAt } from '../content/source.ts'
import { DerivedPictures, derivedOf } from '../images/derived-pictures.ts'
import { stemOf } from '../images/picture.ts'

/** Gathers the pictures that pages use, makes what they are offered as, and says which cannot be decoded. */
export class PictureCheck {
  readonly #derived: DerivedPictures
  readonly #used = new Map<string, ContentPicture>()

  constructor(cacheDir: string) {
    this.#derived = new DerivedPictures(cacheDir)
  }

  add(urls: readonly string[], content: Content): void {
    for (const picture of urls.flatMap((url) => content.pictures(stemOf(url)))) {
      if (urls.includes(picture.url)) this.#used.set(picture.url, picture)
    }
  }

  async faults(): Promise<Fault[]> {
    const faults: Fault[] = []
    for (const picture of this.#used.values()) {
      try {
        for (const derived of derivedOf(picture)) await this.#derived.file(picture, derived)
      } catch (error) {
        const what = `this picture cannot be decoded (${(error as Error).message})`
        faults.push(errorAt(picture.file, 1, 1, what, 'save it again from its source'))
      }
    }
    return faults
  }
}
