import { axisOf, written } from './units.js'

const space = { top: 8, right: 8, bottom: 20, left: 58 }

function draw(name, attributes, text) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  if (text !== undefined) element.textContent = text
  return element
}

const clock = (seconds, range) => {
  const date = new Date(seconds * 1000)
  const day = { day: 'numeric', month: 'short' }
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
  return date.toLocaleString('en-GB', range > 3 * 86_400 ? day : time)
}

/** Draws series over time into an `svg`; `onPoint` hears which moment the pointer is at, or undefined. */
export function drawChart(svg, { series, unit, start, end, step, label }, onPoint) {
  const { width, height } = svg.getBoundingClientRect()
  const highest = Math.max(0, ...series.flatMap(({ points }) => points.map(([, value]) => value)))
  const ticks = axisOf(unit, highest)
  const x = (time) => space.left + ((time - start) / (end - start)) * (width - space.left - space.right)
  const y = (value) => height - space.bottom - (value / ticks.at(-1)) * (height - space.top - space.bottom)

  svg.setAttribute('viewBox', `0 0 ${width} ${height}`)
  svg.setAttribute('aria-label', label)
  svg.replaceChildren(
    ...ticks.flatMap((tick) => [
      draw('line', { class: 'grid', x1: space.left, x2: width - space.right, y1: y(tick), y2: y(tick) }),
      draw('text', { x: space.left - 8, y: y(tick) + 4, 'text-anchor': 'end' }, written[unit](tick)),
    ]),
    ...timesBetween(start, end, width).map((time) =>
      draw('text', { x: x(time), y: height - 4, 'text-anchor': 'middle' }, clock(time, end - start)),
    ),
    ...series.map(({ points, colour }) =>
      draw('path', { class: 'line', style: `stroke: ${colour}`, d: pathOf(points, step, x, y) }),
    ),
  )
  followPointer(svg, { x, start, end, step, height }, onPoint)
}

function timesBetween(start, end, width) {
  const count = Math.max(2, Math.floor(width / 90))
  const steps = [60, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400]
  const step = steps.find((each) => (end - start) / each <= count) ?? 86_400
  const offset = new Date().getTimezoneOffset() * 60
  const first = Math.ceil((start - offset) / step) * step + offset
  const times = []
  for (let time = first; time < end; time += step) if (time > start + (end - start) * 0.03) times.push(time)
  return times.filter((time) => time < end - (end - start) * 0.03)
}

/** A line that stops where numbers are missing; a number alone is a dot. */
function pathOf(points, step, x, y) {
  let before
  const parts = points.map(([time, value], at) => {
    const begins = before === undefined || time - before > step * 1.5
    const alone = begins && !(points[at + 1]?.[0] - time <= step * 1.5)
    before = time
    return `${begins ? 'M' : 'L'}${x(time).toFixed(1)} ${y(value).toFixed(1)}${alone ? 'h2' : ''}`
  })
  return parts.join('')
}

function followPointer(svg, { x, start, end, step, height }, onPoint) {
  const cursor = draw('line', {
    class: 'cursor',
    y1: space.top,
    y2: height - space.bottom,
    visibility: 'hidden',
  })
  svg.append(cursor)
  svg.onpointermove = ({ clientX }) => {
    const at = clientX - svg.getBoundingClientRect().left
    const share = (at - space.left) / (x(end) - space.left)
    const time = start + Math.round((Math.min(1, Math.max(0, share)) * (end - start)) / step) * step
    cursor.setAttribute('x1', x(time))
    cursor.setAttribute('x2', x(time))
    cursor.setAttribute('visibility', 'visible')
    onPoint(time)
  }
  svg.onpointerleave = () => {
    cursor.setAttribute('visibility', 'hidden')
    onPoint(undefined)
  }
}
