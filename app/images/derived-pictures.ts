import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { isWritable } from '../saved/is-writable.ts'
import { saveFile } from '../saved/save-file.ts'
import { type Derived, derivedName, type Picture, pictureFormats, pictureWidths } from './picture.ts'

const folderIn = (cacheDir: string): string => join(cacheDir, 'images')

/** A picture and the path of its file. */
export interface PictureFile extends Picture {
  path: string
}

/** All that a picture is offered as. */
export const derivedOf = (picture: Picture): Derived[] =>
  pictureFormats(picture).flatMap((format) =>
    pictureWidths(picture).map((width) => ({ hash: picture.hash, width, format })),
  )

/** Derived files, each made once: when the content is checked, or when somebody asks for it first. */
export class DerivedPictures {
  readonly #folder: string
  readonly #failed = new Set<string>()
  readonly #pending = new Map<string, Promise<string | undefined>>()
  // One after the other: what a decoded picture takes is the bound of what all of them take.
  #last: Promise<unknown> = Promise.resolve()

  constructor(cacheDir: string) {
    this.#folder = resolve(folderIn(cacheDir))
  }

  /**
   * The path of a derived file; undefined where it is missing and cannot be made and saved: to try anew for
   * each request would cost more than the original does. Rejects, the first time, when it cannot be decoded.
   */
  async file({ path }: PictureFile, derived: Derived): Promise<string | undefined> {
    const name = derivedName(derived)
    const saved = join(this.#folder, name)
    if (existsSync(saved)) return saved
    const pending = this.#pending.get(name)
    if (pending) return pending
    if (this.#failed.has(name) || !isWritable(this.#folder)) return undefined
    const made = this.#last.then(() => make(path, derived, saved))
    this.#last = made.catch(() => undefined)
    this.#pending.set(name, made)
    return made.finally(() => {
      this.#pending.delete(name)
      if (!existsSync(saved)) this.#failed.add(name)
    })
  }
}

/** Removes what was derived from pictures that have changed or gone. */
export function removeStalePictures(cacheDir: string, hashes: ReadonlySet<string>): void {
  const folder = folderIn(cacheDir)
  try {
    const stale = readdirSync(folder).filter((name) => !hashes.has(name.split('-', 1)[0] ?? ''))
    for (const name of stale) rmSync(join(folder, name), { force: true })
  } catch {
    // Nothing saved yet, or the folder is read-only.
  }
}

async function make(path: string, { width, format }: Derived, saved: string): Promise<string | undefined> {
  const { derivePicture } = await import('./derive.ts')
  saveFile(saved, await derivePicture(path, width, format))
  return existsSync(saved) ? saved : undefined
}
