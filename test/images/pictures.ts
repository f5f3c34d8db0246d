import sharp, { type Sharp } from 'sharp'

/** An image of one colour, or of noise, which no format makes small. */
export const plain = (width: number, height: number, background = '#c8782a'): Sharp =>
  sharp({ create: { width, height, channels: 3, background } })

/** The left half red and the right half blue: which side is up can be told. */
export const redAndBlue = (width: number, height: number): Sharp =>
  plain(width, height, '#f00').composite([
    {
      input: { create: { width: width / 2, height, channels: 3, background: '#00f' } },
      left: width / 2,
      top: 0,
    },
  ])

/** Two pictures that follow each other. */
export async function frames(width: number, height: number): Promise<Sharp> {
  const one = await plain(width, height).png().toBuffer()
  const two = await plain(width, height, '#123').png().toBuffer()
  return sharp([one, two], { join: { animated: true } })
}
