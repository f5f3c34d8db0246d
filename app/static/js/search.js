// Results while a visitor types, below each search field. Enter without a chosen result opens the page of results.
const restMilliseconds = 120
const settledMilliseconds = 1000
const forms = [...document.querySelectorAll('form[data-search]')]
for (const form of forms) showResults(form)

addEventListener('keydown', (event) => {
  const isShortcut = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)
  const isSlash = event.key === '/' && !event.target.closest?.('input, textarea, select, [contenteditable]')
  if (!isShortcut && !isSlash) return
  const field = forms.map((form) => form.elements.q).find((input) => input.checkVisibility())
  if (!field) return
  event.preventDefault()
  field.select()
})

function showResults(form) {
  const input = form.elements.q
  const panel = element('div', 'search-panel')
  const list = element('div', 'search-options')
  const status = element('p', 'search-status')
  const id = `${input.id}-results`
  let asking = new AbortController()
  let timer
  let chosen = -1
  let uncounted = ''
  let shownAt = 0

  Object.assign(list, { id, role: 'listbox', ariaLabel: 'Results' })
  Object.assign(status, { role: 'status' })
  Object.assign(input, { role: 'combobox', autocomplete: 'off', ariaAutoComplete: 'list' })
  input.setAttribute('aria-controls', id)
  panel.append(list, status)
  form.append(panel)
  close()

  function close() {
    clearTimeout(timer)
    asking.abort()
    choose(-1)
    list.hidden = true
    panel.classList.remove('search-panel-open')
    status.textContent = ''
    input.ariaExpanded = 'false'
  }

  async function ask() {
    asking = new AbortController()
    const query = input.value.trim()
    try {
      const answer = await fetch(address(query), { signal: asking.signal })
      const found = await answer.json()
      uncounted = query
      shownAt = performance.now()
      if (answer.ok) show(found, query)
    } catch {
      // Given up for a later query, or not to be had: the form still works.
    }
  }

  function show({ hits, count, didYouMean }, query) {
    const hint = didYouMean ? ` for ${didYouMean}` : ''
    list.replaceChildren(...hits.map(option))
    list.hidden = hits.length === 0
    choose(-1)
    panel.classList.add('search-panel-open')
    input.ariaExpanded = String(hits.length > 0)
    status.textContent =
      count === 0 ? `Nothing found for ${query}` : `${count} ${count === 1 ? 'result' : 'results'}${hint}`
  }

  function option(hit, at) {
    const link = element('a', 'search-option')
    const label = [hit.label, hit.heading].filter(Boolean).join(' · ')
    Object.assign(link, { id: `${id}-${at}`, href: hit.url, role: 'option', tabIndex: -1 })
    link.append(
      element('span', 'search-option-title', hit.title),
      element('span', 'search-option-label', [{ text: label }]),
      element('span', 'search-option-snippet', hit.snippet),
    )
    return link
  }

  function choose(at) {
    chosen = at
    for (const [i, link] of [...list.children].entries()) link.ariaSelected = String(i === at)
    const link = list.children[at]
    link?.scrollIntoView({ block: 'nearest' })
    if (link) input.setAttribute('aria-activedescendant', link.id)
    else input.removeAttribute('aria-activedescendant')
  }

  /** A query is counted when its visitor is done with it, not at each letter; the page of results counts itself. */
  function count() {
    if (uncounted) fetch(`${address(uncounted)}&settled`, { keepalive: true }).catch(() => {})
    uncounted = ''
  }

  // The server makes its index ready while the first letters are typed.
  input.addEventListener('focus', () => fetch(address('')).catch(() => {}), { once: true })
  input.addEventListener('input', () => {
    if (performance.now() - shownAt > settledMilliseconds) count()
    clearTimeout(timer)
    asking.abort()
    if (input.value.trim() === '') close()
    else timer = setTimeout(ask, restMilliseconds)
  })
  input.addEventListener('keydown', (event) => {
    const choices = list.hidden ? 0 : list.children.length
    if (event.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && choices > 0) choose(((chosen + 1 + step + choices + 1) % (choices + 1)) - 1)
    else if (event.key === 'Enter' && chosen >= 0) list.children[chosen].click()
    else if (event.key === 'Escape' && input.ariaExpanded === 'true') close()
    else return
    event.preventDefault()
  })
  // A field that lost its focus would close the list before the click arrives.
  list.addEventListener('mousedown', (event) => event.preventDefault())
  list.addEventListener('click', () => {
    close()
    count()
  })
  form.addEventListener('submit', () => {
    uncounted = ''
  })
  form.addEventListener('focusout', ({ relatedTarget }) => {
    if (form.contains(relatedTarget)) return
    close()
    count()
  })
  addEventListener('pagehide', count)
}

const address = (query) => `/search.json?${new URLSearchParams({ q: query })}`

function element(name, className, pieces = []) {
  const made = document.createElement(name)
  made.className = className
  for (const { text, marked } of pieces) {
    const mark = marked && document.createElement('mark')
    if (mark) mark.textContent = text
    made.append(mark || text)
  }
  return made
}
