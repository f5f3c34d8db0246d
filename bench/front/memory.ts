const units: Readonly<Record<string, number>> = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 }

/** Megabytes in what `docker stats` says of a container's memory, such as `32.59MiB / 384MiB`. */
export function megabytesIn(usage: string): number {
  const [, number, unit = ''] = /^([\d.]+)(\w+) \//.exec(usage) ?? []
  const bytes = Number(number) * (units[unit] ?? NaN)
  if (Number.isNaN(bytes)) throw new Error(`docker stats says no amount of memory: ${usage}`)
  return bytes / 1e6
}
