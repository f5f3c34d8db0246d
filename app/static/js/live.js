// Development only: shows saved sources in the open page.
const retryMilliseconds = 150

// Times are measured from the moment this page was asked for, so no clocks have to agree.
const [navigation] = performance.getEntriesByType('navigation')
let shownSince = navigation?.requestStart ?? 0
let boot
let leaving = false

addEventListener('pagehide', () => {
  leaving = true
})
addEventListener('pageshow', (event) => {
  if (event.persisted) reload()
})
connect()

function connect() {
  const stream = new EventSource('/_live')
  stream.addEventListener('hello', ({ data }) => greet(JSON.parse(data)))
  stream.addEventListener('reload', reload)
  stream.addEventListener('style', ({ data }) => restyle(JSON.parse(data)))
  // Reconnecting is done here, since the browser gives up at a 502 and is slow otherwise.
  stream.addEventListener('error', () => {
    stream.close()
    if (!leaving) setTimeout(connect, retryMilliseconds)
  })
}

function greet(hello) {
  const restarted = boot !== undefined && boot !== hello.boot
  boot = hello.boot
  if (restarted || hello.age < performance.now() - shownSince) reload()
}

function reload() {
  leaving = true
  location.reload()
}

function restyle({ href, integrity }) {
  shownSince = performance.now()
  const old = [...document.querySelectorAll('link[rel="stylesheet"]')]
  const link = document.createElement('link')
  Object.assign(link, { rel: 'stylesheet', href, integrity })
  link.addEventListener('load', () => {
    for (const each of old) each.remove()
  })
  link.addEventListener('error', reload)
  old.at(-1)?.after(link)
}
