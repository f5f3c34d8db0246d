/** Does all at once, and ends when all have ended; throws the first error that came. */
export async function together(...works: readonly (() => Promise<unknown>)[]): Promise<void> {
  const failures: unknown[] = []
  await Promise.all(works.map((work) => work().catch((error) => void failures.push(error))))
  if (failures.length > 0) throw failures[0]
}
