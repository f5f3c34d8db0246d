// The pages of the console: puts in place what the server sends when it has changed.
const shortestMilliseconds = 1000
const longestMilliseconds = 30_000
const mostLines = 1000

const log = document.querySelector('[data-log]')
// The pages forbid HTML from just anywhere; this comes from the server, which escapes what is not its own.
const trusted = globalThis.trustedTypes?.createPolicy('console', { createHTML: (html) => html })
const html = (text) => trusted?.createHTML(text) ?? text
let stream
let delay = shortestMilliseconds
let appended
let again

document.addEventListener('visibilitychange', watch)
watch()

/** A page that nobody sees asks for nothing. */
function watch() {
  clearTimeout(again)
  stream?.close()
  if (!document.hidden) connect()
}

function connect() {
  stream = new EventSource(log ? log.dataset.log : '/console/events')
  for (const part of document.querySelectorAll('[data-part]'))
    stream.addEventListener(part.dataset.part, ({ data }) => {
      replace(part, data)
      delay = shortestMilliseconds
    })
  stream.addEventListener('begin', begin)
  stream.addEventListener('lines', ({ data }) => append(data))
  stream.addEventListener('over', leave)
  // Reconnecting is done here, since the browser gives up at a 503.
  stream.addEventListener('error', () => {
    stream.close()
    again = setTimeout(comeBack, delay)
    delay = Math.min(delay * 2, longestMilliseconds)
  })
}

/** A stream does not tell that it was sent elsewhere: to the sign-in. */
async function comeBack() {
  const asked = await fetch('/console/events', { method: 'HEAD', redirect: 'manual' }).catch(() => undefined)
  if (asked?.type === 'opaqueredirect') leave()
  else watch()
}

function leave() {
  location.assign(log ? location : '/console')
}

/** What has the focus in there keeps it, with what was typed. */
function replace(part, data) {
  const { id, value } = (part.contains(document.activeElement) && document.activeElement) || {}
  part.innerHTML = html(data)
  showEnd(part)
  const field = id && part.querySelector(`#${id}`)
  if (!field) return
  if (value) field.value = value
  field.focus({ preventScroll: true })
}

/** Control answers: a stream that is merely open may end at once, with a line that says why. */
function begin() {
  log.replaceChildren()
  appended = undefined
  delay = shortestMilliseconds
}

function append(data) {
  // Lines have their times; what has none, why there are no others, is said once.
  if (data === appended) return
  appended = data
  const box = log.parentElement
  const isAtEnd = box.scrollTop + box.clientHeight >= box.scrollHeight - 4
  log.insertAdjacentHTML('beforeend', html(data))
  while (log.children.length > mostLines) log.firstChild.remove()
  document.querySelector('[data-none]')?.remove()
  document.querySelector('[data-following]').hidden = false
  if (isAtEnd) box.scrollTop = box.scrollHeight
}

function showEnd(part) {
  for (const box of part.querySelectorAll('[data-end]')) box.scrollTop = box.scrollHeight
}
