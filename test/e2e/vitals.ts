import type { Page } from 'playwright-core'

export interface Vitals {
  /** Milliseconds to the largest contentful paint. */
  readonly lcp: number
  /** A line each layout shift: what moved, and how much. */
  readonly shifts: readonly string[]
}

/** Measures every page opened in this tab from now on. */
export const recordVitals = (page: Page): Promise<unknown> =>
  page.addInitScript(`(() => {
    const vitals = { lcp: Infinity, shifts: [] }
    Object.defineProperty(window, 'recordedVitals', { value: vitals })
    const observe = (type, read) => new PerformanceObserver((list) => list.getEntries().forEach(read)).observe({ type, buffered: true })
    observe('largest-contentful-paint', ({ startTime }) => { vitals.lcp = startTime })
    const nameOf = (node) => node?.nodeType === 1 ? node.localName + (node.className && '.' + node.className) : String(node?.nodeName)
    observe('layout-shift', ({ value, sources }) => {
      vitals.shifts.push('shift by ' + value.toFixed(4) + ' of ' + sources.map(({ node }) => nameOf(node)).join(' '))
    })
  })()`)

/** What was measured, once fonts and pictures are there and the page was read to its end. */
export const readVitals = (page: Page): Promise<Vitals> =>
  page.evaluate(`(async () => {
    const frame = () => new Promise(requestAnimationFrame)
    await document.fonts.ready
    for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
      scrollTo({ top: y, behavior: 'instant' })
      await frame()
    }
    await Promise.all([...document.images].map((image) => image.decode().catch(() => {})))
    await document.fonts.ready
    await frame()
    await frame()
    return recordedVitals
  })()`)
