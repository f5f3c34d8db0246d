/** Drops the oldest entries of a map until it has no more than so many. */
export function dropOldest<Key, Value>(
  map: Map<Key, Value>,
  most: number,
  onDrop: (value: Value) => void = () => {},
): void {
  for (const [key, value] of map) {
    if (map.size <= most) return
    map.delete(key)
    onDrop(value)
  }
}

/** The values of a map, newest first. */
export const newestFirst = <Value>(map: ReadonlyMap<unknown, Value>): Value[] => [...map.values()].reverse()
