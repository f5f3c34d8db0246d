// Questions to the Prometheus that serves this page.

async function ask(path, parameters) {
  const url = new URL(`../api/v1/${path}`, location.href)
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) })
  const { status, data, error } = await answer.json()
  if (status !== 'success') throw new Error(`Prometheus refuses a question: ${error}`)
  return data
}

/** What a query gives at this moment: labels and a number each. */
export async function now(query) {
  const { result } = await ask('query', { query })
  return result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }))
}

/** What a query gave over the last `seconds`: labels, and points of [seconds since 1970, number]. */
export async function over(query, { start, end, step }) {
  const { result } = await ask('query_range', { query, start, end, step })
  return result.map(({ metric, values }) => ({
    labels: metric,
    points: values.map(([time, text]) => [time, Number(text)]).filter(([, value]) => Number.isFinite(value)),
  }))
}

/** The alerts that fire, with the sentence that each has for an operator. */
export async function alerts() {
  const { alerts: known } = await ask('alerts', {})
  return known
    .filter(({ state }) => state === 'firing')
    .map(({ labels, annotations }) => ({ labels, annotations }))
}
