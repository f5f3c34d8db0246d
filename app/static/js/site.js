// What pages gain where scripts run; each part works on what it finds in the page.
switchTheme(document.querySelector('.theme-switch'))
for (const block of document.querySelectorAll('pre > code, .command')) offerCopy(block)
followReading(document.querySelector('.toc'))
showServing(document.querySelector('[data-served]'))

/** Goes round: as the system, light, dark. */
function switchTheme(button) {
  if (!button) return
  const root = document.documentElement
  const label = button.querySelector('.sr-only')
  const names = { system: 'as the system', light: 'light', dark: 'dark' }
  const next = { system: 'light', light: 'dark', dark: 'system' }
  const current = () => root.dataset.theme ?? 'system'
  const bars = document.querySelectorAll('meta[name="theme-color"]')
  const colours = [...bars].map(({ content }) => content)
  const say = () => {
    label.textContent = `Theme: ${names[current()]}`
    // The browser's own bar follows the system otherwise.
    const chosen = { light: colours[0], dark: colours[1] }[current()]
    for (const [i, bar] of bars.entries()) bar.content = chosen ?? colours[i]
  }
  button.addEventListener('click', () => {
    const theme = next[current()]
    if (theme === 'system') delete root.dataset.theme
    else root.dataset.theme = theme
    remember(theme)
    say()
  })
  addEventListener('storage', ({ key, newValue }) => {
    if (key !== 'theme' && key !== null) return
    if (newValue === 'light' || newValue === 'dark') root.dataset.theme = newValue
    else delete root.dataset.theme
    say()
  })
  say()
}

function remember(theme) {
  try {
    if (theme === 'system') localStorage.removeItem('theme')
    else localStorage.setItem('theme', theme)
  } catch {
    // Storage is blocked: the choice lasts as long as the page.
  }
}

function offerCopy(code) {
  if (!navigator.clipboard) return
  const block = code.closest('pre') ?? code
  const frame = document.createElement('div')
  const button = document.createElement('button')
  frame.className = 'copyable'
  button.type = 'button'
  button.className = 'copy'
  button.textContent = 'Copy'
  button.addEventListener('click', async () => {
    const done = await navigator.clipboard.writeText(code.textContent.trimEnd()).then(
      () => 'Copied',
      () => 'Select and copy by hand',
    )
    button.textContent = done
    setTimeout(() => {
      button.textContent = 'Copy'
    }, 2000)
  })
  button.setAttribute('aria-live', 'polite')
  block.replaceWith(frame)
  frame.append(block, button)
}

/** Marks the section that is being read in the table of contents. */
function followReading(toc) {
  if (!toc) return
  const links = new Map()
  for (const link of toc.querySelectorAll('a')) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)))
    if (heading) links.set(heading, link)
  }
  const mark = () => {
    const line = innerHeight / 4
    const passed = [...links.keys()].filter((heading) => heading.getBoundingClientRect().top < line)
    for (const link of links.values()) link.removeAttribute('aria-current')
    links.get(passed.at(-1))?.setAttribute('aria-current', 'location')
  }
  const watch = new IntersectionObserver(mark, { rootMargin: '0px 0px -75%' })
  for (const heading of links.keys()) watch.observe(heading)
}

/** During a canary: which version this visitor has, and how many have the canary. */
function sideOf(told) {
  if (!told.has('share')) return undefined
  const version = told.get('side') === 'canary' ? 'the canary' : 'the version before it'
  return `${version}; ${told.get('share')} % of visitors have the canary`
}

/** Fills in who served this very page, from its Server-Timing header; what nobody told stays hidden. */
function showServing(panel) {
  const [navigation] = performance.getEntriesByType('navigation')
  const told = new Map(navigation?.serverTiming.map(({ name, description }) => [name, description]))
  if (!panel || !told.has('cache')) return
  const front = told.get('front')
  const isCopy = ['HIT', 'STALE', 'UPDATING'].includes(front)
  const milliseconds = Math.max(1, Math.round(navigation.responseStart - navigation.requestStart))
  const facts = {
    place: isCopy ? `nginx (${front.toLowerCase()})` : told.get('cache'),
    instance: told.get('instance'),
    instances: told.get('instances'),
    release: told.get('release'),
    canary: sideOf(told),
    milliseconds: `${milliseconds} ms`,
  }
  for (const slot of panel.querySelectorAll('[data-fact]')) {
    const fact = facts[slot.dataset.fact]
    slot.textContent = fact
    slot.parentElement.hidden = fact === undefined
  }
  panel.hidden = false
}
