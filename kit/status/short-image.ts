/** An image as people call it: without registry and digest, `dogfood-webapp:1.4`. */
export function shortImage(image: string): string {
  const [name = image, digest] = image.split('@')
  const parts = name.split('/')
  const hasRegistry = parts.length > 1 && /[.:]|^localhost$/.test(parts[0] ?? '')
  const short = (hasRegistry ? parts.slice(1) : parts).join('/')
  // Without a tag only the digest says which one it is.
  return short.includes(':') || digest === undefined
    ? short
    : `${short}@${digest.replace('sha256:', '').slice(0, 12)}`
}
