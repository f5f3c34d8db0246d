import { accessSync, constants, existsSync, readdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { makeFolder } from '../saved/make-folder.ts'
import { saveFile } from '../saved/save-file.ts'
import { type Card, cardName } from './card.ts'

// Drawing is the processor's work, and there may be no more than two.
const mostAtOnce = 2

/** Card images, each drawn once: when the content is checked, or when somebody asks for it first. */
export class CardFiles {
  readonly #folder: string
  readonly #pending = new Map<string, Promise<string | undefined>>()

  constructor(cacheDir: string) {
    this.#folder = resolve(cacheDir, 'cards')
  }

  /** The path of a card that is there. */
  saved(name: string): string | undefined {
    const path = join(this.#folder, name)
    return existsSync(path) ? path : undefined
  }

  /** The path of a card, drawn if need be; undefined where it cannot be saved: to draw it for each request costs too much. */
  file(card: Card): Promise<string | undefined> {
    const name = cardName(card)
    const pending = this.#pending.get(name)
    if (pending) return pending
    const made = this.#make(name, card).finally(() => this.#pending.delete(name))
    this.#pending.set(name, made)
    return made
  }

  /** Draws what is missing of these cards and removes all others. */
  async keep(cards: ReadonlyMap<string, Card>): Promise<void> {
    const all = cards.values()
    const drawSome = async () => {
      for (const card of all) await this.file(card)
    }
    await Promise.all(Array.from({ length: mostAtOnce }, drawSome))
    this.#removeAllBut(cards)
  }

  async #make(name: string, card: Card): Promise<string | undefined> {
    const saved = this.saved(name)
    if (saved || !isWritable(this.#folder)) return saved
    const { drawCard } = await import('./draw-card.ts')
    saveFile(join(this.#folder, name), await drawCard(card))
    return this.saved(name)
  }

  #removeAllBut(cards: ReadonlyMap<string, Card>): void {
    try {
      const stale = readdirSync(this.#folder).filter((name) => !cards.has(name))
      for (const name of stale) rmSync(join(this.#folder, name), { force: true })
    } catch {
      // None was ever drawn, or the folder is read-only.
    }
  }
}

function isWritable(folder: string): boolean {
  try {
    if (!makeFolder(folder)) return false
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}
