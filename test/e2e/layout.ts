import type { Page } from 'playwright-core'

/** What reaches beyond the window's right edge, when the page can be scrolled sideways. */
export const tooWide = (page: Page): Promise<string[]> =>
  page.evaluate(`(() => {
    const root = document.documentElement
    if (root.scrollWidth <= root.clientWidth) return []
    const nameOf = (element) => [element.localName, ...element.classList].join('.')
    const isScrolled = (element) => element && (getComputedStyle(element).overflowX !== 'visible' || isScrolled(element.parentElement))
    const beyond = [...document.querySelectorAll('body *:not(svg *)')].filter((element) =>
      element.getBoundingClientRect().right > root.clientWidth + 0.5 && !isScrolled(element.parentElement))
    const innermost = beyond.filter((element) => !beyond.some((other) => other !== element && element.contains(other)))
    const all = innermost.slice(0, 3).map(nameOf)
    return [root.scrollWidth + ' px wide in ' + root.clientWidth + ' px: ' + all.join(' ')]
  })()`)

/** Elements that hide a part of their text. */
export const cutOff = (page: Page): Promise<string[]> =>
  page.evaluate(`(() => {
    const hides = (overflow) => overflow === 'hidden' || overflow === 'clip'
    const isCut = (element) => {
      const { overflowX, overflowY } = getComputedStyle(element)
      // What only screen readers are told is one pixel large on purpose.
      if (element.clientWidth <= 1 || !element.innerText?.trim() || !element.checkVisibility()) return false
      return (hides(overflowX) && element.scrollWidth > element.clientWidth + 1) ||
        (hides(overflowY) && element.scrollHeight > element.clientHeight + 1)
    }
    return [...document.querySelectorAll('body *')].filter(isCut).map(({ localName, className }) => 'cut off: ' + localName + '.' + className)
  })()`)

/** Animations and transitions under way that a visitor could see. */
export const running = (page: Page): Promise<string[]> =>
  page.evaluate(`document.getAnimations()
    .filter(({ playState, effect }) => playState === 'running' && effect.getComputedTiming().activeDuration > 1)
    .map(({ animationName, transitionProperty, effect }) =>
      'moves: ' + (animationName ?? transitionProperty) + ' of ' + effect.target?.localName + '.' + effect.target?.className)`)
