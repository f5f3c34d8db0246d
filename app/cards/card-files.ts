import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { LRUCache } from 'lru-cache'
import { SiteError } from '../errors.ts'
import { isWritable } from '../saved/is-writable.ts'
import { saveFile } from '../saved/save-file.ts'
import { type Card, cardName } from './card.ts'

// Drawing is the processor's work, and there may be no more than two.
const mostAtOnce = 2

/** Kept in memory where nothing can be saved; a card has about 25 kB. */
const mostInMemory = 100

/** A card waits for those before it: whoever asks for many must not keep the others waiting. */
const mostWaiting = 20

/** The path of a card that is saved, or the bytes of one that cannot be. */
export type CardFile = string | Buffer

/** Card images, each drawn once: when the content is checked, or when somebody asks for it first. */
export class CardFiles {
  readonly #folder: string
  readonly #pending = new Map<string, Promise<CardFile>>()
  readonly #unsaved = new LRUCache<string, Buffer>({ max: mostInMemory })
  #last: Promise<unknown> = Promise.resolve()

  constructor(cacheDir: string) {
    this.#folder = resolve(cacheDir, 'cards')
  }

  /** The path of a card that is there. */
  saved(name: string): string | undefined {
    const path = join(this.#folder, name)
    return existsSync(path) ? path : undefined
  }

  /** A card, drawn if need be. Rejects with SiteError `unavailable` when too many have to be drawn. */
  async file(card: Card): Promise<CardFile> {
    const name = cardName(card)
    const known = this.saved(name) ?? this.#unsaved.get(name) ?? this.#pending.get(name)
    if (known !== undefined) return known
    if (this.#pending.size >= mostWaiting)
      throw new SiteError('unavailable', 'too many cards have to be drawn')
    const made = this.#last.then(() => this.#make(name, card)).finally(() => this.#pending.delete(name))
    this.#last = made.catch(() => undefined)
    this.#pending.set(name, made)
    return made
  }

  /** Draws what is missing of `cards`, and removes what is neither among them nor among `others`. */
  async keep(cards: ReadonlyMap<string, Card>, others: ReadonlySet<string> = new Set()): Promise<void> {
    if (isWritable(this.#folder)) {
      const missing = [...cards].filter(([name]) => this.saved(name) === undefined).values()
      const drawSome = async () => {
        for (const [name, card] of missing) await this.#make(name, card)
      }
      await Promise.all(Array.from({ length: mostAtOnce }, drawSome))
    }
    this.#removeAllBut(cards, others)
  }

  async #make(name: string, card: Card): Promise<CardFile> {
    const { drawCard } = await import('./draw-card.ts')
    const bytes = await drawCard(card)
    if (isWritable(this.#folder)) saveFile(join(this.#folder, name), bytes)
    const saved = this.saved(name)
    if (saved === undefined) this.#unsaved.set(name, bytes)
    return saved ?? bytes
  }

  #removeAllBut(cards: ReadonlyMap<string, Card>, others: ReadonlySet<string>): void {
    try {
      const stale = readdirSync(this.#folder).filter((name) => !cards.has(name) && !others.has(name))
      for (const name of stale) rmSync(join(this.#folder, name), { force: true })
    } catch {
      // None was ever drawn, or the folder is read-only.
    }
  }
}
