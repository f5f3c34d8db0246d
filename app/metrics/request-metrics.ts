import { Counter, Histogram, type MetricObjectWithValues, type MetricValue, type Registry } from 'prom-client'
import { type Durations, durationBounds, type RequestTally } from './request-tally.ts'

/** Requests by kind, status and cache, and how long they took. */
export function addRequestMetrics(registry: Registry, tally: RequestTally): void {
  new Counter({
    name: 'dogfood_requests_total',
    help: 'Requests answered, by group of routes, status and X-Page-Cache.',
    labelNames: ['kind', 'status', 'cache'],
    registers: [registry],
    collect() {
      this.reset()
      for (const { count, ...labels } of tally.counted()) this.inc(labels, count)
    },
  })
  new TalliedHistogram(
    {
      name: 'dogfood_request_duration_seconds',
      help: 'From the head of a request to the end of its answer, by group of routes.',
      buckets: [...durationBounds],
      labelNames: ['kind'],
      registers: [registry],
    },
    tally,
  )
}

/** A histogram whose numbers are counted elsewhere: the library's own makes objects for each value. */
class TalliedHistogram extends Histogram<'kind'> {
  readonly #tally: RequestTally

  constructor(configuration: ConstructorParameters<typeof Histogram<'kind'>>[0], tally: RequestTally) {
    super(configuration)
    this.#tally = tally
  }

  async getForPromString(): Promise<object> {
    const { name, help, type } = this as unknown as Described
    return { name, help, type, values: this.#tally.durations().flatMap((each) => valuesOf(name, each)) }
  }

  override get(): Promise<Values> {
    return this.getForPromString() as Promise<Values>
  }
}

type Described = { readonly name: string; readonly help: string; readonly type: string }
type Values = MetricObjectWithValues<MetricValue<'kind'> & { metricName?: string; exemplar?: unknown }>

function valuesOf(name: string, { kind, upTo, seconds }: Durations): object[] {
  const bounds = [...durationBounds, '+Inf']
  return [
    ...upTo.map((value, at) => ({ metricName: `${name}_bucket`, labels: { kind, le: bounds[at] }, value })),
    { metricName: `${name}_sum`, labels: { kind }, value: seconds },
    { metricName: `${name}_count`, labels: { kind }, value: upTo.at(-1) },
  ]
}
