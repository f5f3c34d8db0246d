/** Posts (by their numbers) for each tag of one of them. */
export interface TaggedPosts {
  readonly postCount: number
  readonly tags: readonly Uint32Array[]
  /** The place of a post among all, newest first. */
  rank(post: number): number
}

/** The posts that share the most with one: a rare tag says more than one that half of the blog has. */
export function relatedPosts(
  of: number,
  { tags, postCount, rank }: TaggedPosts,
  most: number,
): readonly number[] {
  const weights = new Map<number, number>()
  for (const posts of tags) {
    const weight = Math.log1p(postCount / posts.length)
    for (const post of posts) weights.set(post, (weights.get(post) ?? 0) + weight)
  }
  weights.delete(of)
  const isBetter = (a: number, b: number): boolean => {
    const more = (weights.get(a) ?? 0) - (weights.get(b) ?? 0)
    return more > 0 || (more === 0 && rank(a) < rank(b))
  }
  const best: number[] = []
  for (const post of weights.keys()) {
    const place = best.findIndex((other) => isBetter(post, other))
    if (place >= 0) best.splice(place, 0, post)
    else if (best.length < most) best.push(post)
    if (best.length > most) best.pop()
  }
  return best
}
