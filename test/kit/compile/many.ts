/** A definition of so many components, in the form of real ones: webs with domains, scaled services, stores with volumes. */
export function manyComponents(count: number): string {
  const services = Array.from({ length: Math.ceil(count / 10) }, (_, index) => ({
    service_name: `service-${index}`,
    components: Array.from({ length: Math.min(10, count - index * 10) }, (_, place) =>
      component(index, place),
    ),
  }))
  return JSON.stringify({ app_name: 'many', services }, undefined, 2)
}

/** The first of ten has a domain, the next six are scaled, the last three keep data. */
function component(service: number, place: number): object {
  const later = [place + 1, place + 3, 9].filter(
    (each, index, all) => each > place && each < 10 && all.indexOf(each) === index,
  )
  return {
    component_name: `component-${place}`,
    image: `registry.example.com/many/component-${service}-${place}:$tag`,
    ports: [8000],
    env: Object.fromEntries(
      Array.from({ length: 8 }, (_, index) => [`SETTING_${index}`, `value ${service} $tag`]),
    ),
    dependencies: later.map((each) => ({ name: `component-${each}`, port: 8000 })),
    limits: { cpus: 0.5, memory: '128m', pids: 100 },
    secrets: [`secret-${service}`],
    contained: true,
    tmpfs: { '/tmp': '16m' },
    ...(place === 0 && { domains: { [`www-${service}.example.com`]: 8000 } }),
    ...(place < 7 && { scaling_policy: { min: 2, max: 6 }, health: { path: '/readyz' } }),
    ...(place >= 7 && { volumes: [{ path: '/data', size: '1 GB' }] }),
  }
}
