import { drawChart } from './chart.js'
import { sections, tiles } from './panels.js'
import { alerts, now, over } from './prometheus.js'
import { written } from './units.js'

const ranges = { '15 min': 900, '1 h': 3600, '6 h': 21_600, '24 h': 86_400, '7 d': 604_800 }
const scrapeSeconds = 10
const refreshMilliseconds = 10_000
const retryMilliseconds = 2000
const colours = 8
const unitWords = { 'per second': 'a second', duration: '', bytes: '', count: 'number', 'up or down': '' }

let range = Number(new URLSearchParams(location.search).get('range')) || ranges['15 min']

const make = (name, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(name), properties)
  element.append(...children)
  return element
}

const state = document.querySelector('.state')
const tileViews = tiles.map((tile) => {
  const value = make('dd', { textContent: '…' })
  const view = make('div', { className: 'tile' }, make('dt', { textContent: tile.title }), value)
  document.querySelector('.tiles').append(view)
  return { tile, view, value }
})
const panelViews = sections.flatMap(({ title, panels, wide }) => {
  const views = panels.map((panel) => panelView(panel))
  const grid = make('div', { className: wide ? 'panels wide' : 'panels' }, ...views.map(({ view }) => view))
  document.querySelector('.sections').append(make('section', {}, make('h2', { textContent: title }), grid))
  return views
})

function panelView(panel) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('role', 'img')
  const legend = make('ul', { className: 'legend' })
  const heading = make(
    'h3',
    { textContent: `${panel.title} ` },
    make('small', { textContent: unitWords[panel.unit] ?? '' }),
  )
  const view = make('article', { className: 'panel' }, heading, svg, legend)
  const shown = { panel, view, svg, legend, drawn: undefined }
  new ResizeObserver(() => shown.drawn && drawPanel(shown)).observe(svg)
  return shown
}

for (const [name, seconds] of Object.entries(ranges)) {
  const button = make('button', { type: 'button', textContent: name })
  button.setAttribute('aria-pressed', String(seconds === range))
  button.addEventListener('click', () => {
    range = seconds
    for (const other of button.parentElement.children)
      other.setAttribute('aria-pressed', String(other === button))
    history.replaceState(null, '', `?range=${seconds}`)
    refresh()
  })
  document.querySelector('.ranges').append(button)
}

let waiting

async function refresh() {
  clearTimeout(waiting)
  try {
    await Promise.all([showAlerts(), ...tileViews.map(showTile), ...panelViews.map(showPanel)])
    state.textContent = `As of ${new Date().toLocaleTimeString('en-GB')}`
    state.classList.remove('failed')
    waiting = setTimeout(refresh, refreshMilliseconds)
  } catch (error) {
    state.textContent = `These numbers are old: ${error.message}`
    state.classList.add('failed')
    waiting = setTimeout(refresh, retryMilliseconds)
  }
}

async function showAlerts() {
  const firing = await alerts()
  const panel = document.querySelector('.alerts')
  panel.hidden = firing.length === 0
  const sentence = ({ labels, annotations }) =>
    make(
      'li',
      {},
      make('b', { textContent: labels.alertname }),
      `: ${annotations.summary} See docs/operating.md#${annotations.look}.`,
    )
  panel.querySelector('ul').replaceChildren(...firing.map(sentence))
}

async function showTile({ tile, view, value }) {
  const result = await now(tile.query)
  const [first] = result
  const known = first !== undefined && (tile.label || Number.isFinite(first.value))
  view.classList.toggle('bad', Boolean(known && tile.bad?.(first.value)))
  view.classList.toggle('good', Boolean(known && tile.good && !tile.bad(first.value)))
  if (!known) value.textContent = '–'
  else if (tile.label) value.textContent = result.map(({ labels }) => labels[tile.label]).join(', ')
  else value.textContent = written[tile.unit](first.value)
  value.classList.toggle('long', value.textContent.length > 9)
}

async function showPanel(shown) {
  const { panel } = shown
  const end = Math.floor(Date.now() / 1000)
  const step = Math.max(scrapeSeconds, Math.ceil(range / 240))
  const time = { start: end - range, end, step }
  const asked = Object.entries(panel.queries ?? { '': panel.query })
  const found = await Promise.all(
    asked.map(async ([name, query]) => {
      const results = await over(query.replaceAll('$w', `${Math.max(60, step * 2)}s`), time)
      return results.map(({ labels, points }) => ({ labels, points, name: name || panel.name(labels) }))
    }),
  )
  const series = found.flat().filter(({ points }) => points.length > 0)
  if (panel.queries === undefined)
    series.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
  for (const [at, each] of series.entries())
    each.colour = panel.colour?.(each.labels) ?? `var(--series-${at % colours})`
  shown.drawn = { ...time, series, unit: panel.unit }
  drawPanel(shown)
}

function drawPanel(shown) {
  const { panel, view, svg, drawn } = shown
  view.dataset.series = drawn.series.length
  const last = drawn.series.map(({ name, points }) => `${name} ${written[panel.unit](points.at(-1)[1])}`)
  const label = `${panel.title}: ${last.join(', ') || 'no numbers yet'}`
  drawChart(svg, { ...drawn, label }, (time) => showLegend(shown, time))
  showLegend(shown)
}

/** Each series with its last number, or with that of the moment the pointer is at. */
function showLegend({ panel, legend, drawn }, time) {
  if (drawn.series.length === 0) {
    const text = panel.rare ? 'Nothing in this time.' : 'No numbers yet.'
    return legend.replaceChildren(make('li', { className: 'empty', textContent: text }))
  }
  const valueAt = (points) =>
    time === undefined ? points.at(-1)[1] : points.find(([at]) => Math.abs(at - time) <= drawn.step / 2)?.[1]
  const rows = drawn.series.map(({ name, points, colour }) => {
    const value = valueAt(points)
    const text = value === undefined ? '–' : written[panel.unit](value)
    const swatch = make('i')
    swatch.style.background = colour
    return make('li', {}, swatch, name, make('b', { textContent: text }))
  })
  const moment =
    time === undefined ? [] : [make('li', { textContent: new Date(time * 1000).toLocaleTimeString('en-GB') })]
  legend.replaceChildren(...moment, ...rows)
}

refresh()
