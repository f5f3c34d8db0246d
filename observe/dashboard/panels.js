// What the page shows. `$w` is the window of a rate; `name` makes a series' name of its labels.

const sumRate = (metric, by) => `sum by (${by}) (rate(${metric}[$w]))`
const quantile = (share, metric, by = 'le') =>
  `histogram_quantile(${share}, sum by (${by}) (rate(${metric}_bucket[$w])))`
const front = 'dogfood_front_requests_total'
const cached = 'HIT|STALE|UPDATING|REVALIDATED'

/** At this moment. `bad` tells from the number whether somebody should look. */
export const tiles = [
  {
    title: 'nginx',
    query: 'max(up{job="nginx"}) or vector(0)',
    unit: 'up or down',
    bad: (value) => value < 1,
    good: true,
  },
  { title: 'Requests', query: `sum(rate(${front}[1m]))`, unit: 'per second' },
  {
    title: 'Fail (5xx)',
    query: `sum(rate(${front}{status=~"5.."}[5m]) or vector(0)) / sum(rate(${front}[5m])) or vector(0)`,
    unit: 'share',
    bad: (value) => value > 0.01,
  },
  {
    title: '99 of 100 within',
    query: 'histogram_quantile(0.99, sum by (le) (rate(dogfood_front_duration_seconds_bucket[5m])))',
    unit: 'duration',
    bad: (value) => value > 1,
  },
  {
    title: 'From nginx’s cache',
    query: `sum(rate(${front}{cache=~"${cached}"}[5m])) / sum(rate(${front}{cache!~"NONE|BYPASS"}[5m]))`,
    unit: 'share',
  },
  {
    title: 'Balancer',
    query: 'max(up{job="balancer"}) or vector(0)',
    unit: 'up or down',
    bad: (value) => value < 1,
    good: true,
  },
  {
    title: 'Instances',
    query: 'max(haproxy_backend_active_servers{proxy="instances"}) or vector(0)',
    unit: 'count',
    bad: (value) => value < 1,
  },
  { title: 'Workers', query: 'sum(up{job="worker"}) or vector(0)', unit: 'count', bad: (value) => value < 1 },
  {
    title: 'Tasks waiting',
    query: 'sum(max by (queue) (dogfood_queue_tasks{state=~"waiting|retry"}))',
    unit: 'count',
  },
  {
    title: 'Given up',
    query: 'sum(max by (queue) (dogfood_queue_tasks{state="dead_letter"}))',
    unit: 'count',
    bad: (value) => value > 0,
  },
  {
    title: 'Certificate ends in',
    query: 'min(dogfood_certificate_expiry_timestamp_seconds) - time()',
    unit: 'duration',
    bad: (value) => value < 14 * 86_400,
  },
  {
    title: 'Disk free',
    query: 'min(dogfood_disk_free_bytes) / max(dogfood_disk_size_bytes)',
    unit: 'share',
    bad: (value) => value < 0.1,
  },
  { title: 'Release', query: 'count by (release) (dogfood_build_info)', label: 'release' },
]

export const sections = [
  {
    title: 'What visitors get',
    wide: true,
    panels: [
      {
        title: 'Requests by status',
        unit: 'per second',
        query: sumRate(front, 'status'),
        name: ({ status }) => status,
        colour: ({ status }) => `var(--series-${{ 2: 2, 3: 1, 4: 0, 5: 4 }[status[0]] ?? 6})`,
      },
      {
        title: 'How long they take',
        unit: 'duration',
        queries: {
          'half within': quantile(0.5, 'dogfood_front_duration_seconds'),
          '95 of 100': quantile(0.95, 'dogfood_front_duration_seconds'),
          '99 of 100': quantile(0.99, 'dogfood_front_duration_seconds'),
        },
      },
      {
        title: 'What nginx’s cache had',
        unit: 'per second',
        query: sumRate(front, 'cache'),
        name: ({ cache }) => ({ NONE: 'not a page' })[cache] ?? cache.toLowerCase(),
      },
      {
        title: 'Connections to nginx',
        unit: 'count',
        query: 'sum by (state) (dogfood_front_connections{state!="active"})',
        name: ({ state }) => state,
      },
    ],
  },
  {
    title: 'The balancer',
    panels: [
      {
        title: 'Instances that are up',
        unit: 'count',
        query: 'haproxy_backend_active_servers{proxy="instances"}',
        name: () => 'up',
      },
      {
        title: 'Requests by answer',
        unit: 'per second',
        query: 'sum by (code) (rate(haproxy_backend_http_responses_total{proxy=~"instances|unchecked"}[$w]))',
        name: ({ code }) => code,
        colour: ({ code }) => `var(--series-${{ 2: 2, 3: 1, 4: 0, 5: 4 }[code[0]] ?? 6})`,
      },
      {
        title: 'Asked while all fail their checks',
        unit: 'per second',
        queries: {
          answered: 'sum(rate(haproxy_backend_http_responses_total{proxy="unchecked",code!="5xx"}[$w]))',
          'in vain': 'sum(rate(haproxy_backend_http_responses_total{proxy="unchecked",code="5xx"}[$w]))',
        },
      },
      {
        title: 'Tried again, and waiting for a place',
        unit: 'count',
        queries: {
          'tried again in 5 min':
            'sum(increase(haproxy_backend_retry_warnings_total{proxy=~"instances|unchecked"}[5m]))',
          'on another instance':
            'sum(increase(haproxy_backend_redispatch_warnings_total{proxy="instances"}[5m]))',
          waiting: 'sum(haproxy_backend_current_queue{proxy="instances"})',
        },
      },
    ],
  },
  {
    title: 'The webapps',
    panels: [
      {
        title: 'Requests by instance',
        unit: 'per second',
        query: sumRate('dogfood_requests_total', 'instance'),
        name: ({ instance }) => instance,
      },
      {
        title: '99 of 100 within, by kind',
        unit: 'duration',
        query: quantile(0.99, 'dogfood_request_duration_seconds', 'le, kind'),
        name: ({ kind }) => kind,
      },
      {
        title: 'Where pages came from',
        unit: 'per second',
        query: sumRate('dogfood_requests_total{kind!="plain"}', 'cache'),
        name: ({ cache }) => cache,
      },
      {
        title: 'Event loop late (99 of 100)',
        unit: 'duration',
        query: 'nodejs_eventloop_lag_p99_seconds{job=~"webapp|worker"}',
        name: ({ job, instance }) => `${job} ${instance}`,
      },
      {
        title: 'Memory',
        unit: 'bytes',
        query: 'process_resident_memory_bytes{job=~"webapp|worker"}',
        name: ({ job, instance }) => `${job} ${instance}`,
      },
      {
        title: 'Redis, as instances see it',
        unit: 'up or down',
        query: 'min by (store) (dogfood_redis_up)',
        name: ({ store }) => store,
      },
      {
        title: 'How full each Redis is',
        unit: 'share',
        query:
          'max by (store) (dogfood_redis_memory_bytes) / (max by (store) (dogfood_redis_memory_limit_bytes) > 0)',
        name: ({ store }) => store,
      },
    ],
  },
  {
    title: 'Deliveries',
    panels: [
      {
        title: 'Tasks by queue and state',
        unit: 'count',
        query:
          'max by (queue, state) (dogfood_queue_tasks) > 0 or max by (queue, state) (dogfood_queue_tasks{state="waiting"})',
        name: ({ queue, state }) => `${queue} ${state.replace('_', ' ')}`,
      },
      {
        title: 'The oldest waits',
        unit: 'duration',
        query: 'max by (queue) (dogfood_queue_oldest_seconds{state=~"waiting|retry"})',
        name: ({ queue }) => queue,
      },
      {
        title: 'Attempts by outcome',
        unit: 'per second',
        query: sumRate('dogfood_delivery_attempts_total', 'outcome'),
        name: ({ outcome }) => outcome.replace('_', ' '),
        rare: true,
      },
    ],
  },
]
