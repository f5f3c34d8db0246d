import { availableParallelism } from 'node:os'
import sharp from 'sharp'
import type { Card } from './card.ts'
import { cardSvg } from './drawing.ts'

/**
 * A card as PNG. A palette is enough: it has a handful of colours, and the shades of their edges. More effort
 * takes twice the time for a twentieth of the bytes, and a site may have ten thousand cards.
 */
export function drawCard(card: Card): Promise<Buffer> {
  sharp.cache(false)
  sharp.concurrency(Math.min(2, availableParallelism()))
  return sharp(Buffer.from(cardSvg(card)))
    .png({ palette: true, colours: 64, dither: 0, effort: 1, compressionLevel: 6 })
    .toBuffer()
}
