import type { Page } from 'playwright-core'

export interface Stop {
  readonly name: string
  /** What a visitor at the keyboard would miss here; empty when nothing. */
  readonly faults: readonly string[]
}

/** Presses Tab from the start of the page to its end; every stop on the way. */
export async function tabThrough(page: Page, limit = 400): Promise<Stop[]> {
  const stops: Stop[] = []
  await page.evaluate(inspector)
  while (stops.length < limit) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate('inspectFocus()')
    if (stop === null) return stops
    stops.push(stop as Stop)
  }
  throw new Error(`Tab never left the page in ${limit} steps`)
}

/** Every element that can be clicked or typed into and is seen, but was not among the stops. */
export const missedByTab = (page: Page): Promise<string[]> => page.evaluate('missedByTab()')

// Runs in the page. A focused element is outlined, nothing lies over it, and it comes after the one before.
const inspector = `(() => {
  const visited = new Set()
  let last = null
  const nameOf = (element) => {
    const text = element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 40)
    return element.localName + (element.className && '.' + String(element.className).split(' ')[0]) + ' "' + text + '"'
  }
  const isOutlined = (element) => {
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element)
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && !/^rgba\\(.*, 0\\)$/.test(outlineColor)
  }
  const isCovered = (element) => [...element.getClientRects()].every((box) => {
    const x = box.x + box.width / 2
    const y = box.y + Math.min(box.height, innerHeight) / 2
    const top = document.elementFromPoint(x, y)
    return !top || !(element.contains(top) || top.contains(element))
  })
  const isSeen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && element.getClientRects().length > 0
  window.inspectFocus = () => {
    const element = document.activeElement
    if (element === document.body || element === document.documentElement || element === null) return null
    if (visited.has(element)) return null
    const faults = []
    if (!isOutlined(element)) faults.push('no outline of 2 px')
    if (isCovered(element)) faults.push('covered, or out of view')
    if (last && last.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING) faults.push('before its predecessor')
    visited.add(element)
    last = element
    return { name: nameOf(element), faults }
  }
  window.missedByTab = () => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    .filter((element) => isSeen(element) && !element.disabled && element.tabIndex >= 0 && !visited.has(element))
    .map(nameOf)
})()`
