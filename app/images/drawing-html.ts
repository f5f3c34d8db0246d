import type { Drawing } from './drawing.ts'
import { idMark } from './drawing-writer.ts'

/**
 * A drawing as part of a page. `alt` is escaped and says what it shows; without it the drawing is decoration.
 * `name` sets its ids apart from those of other drawings on the page.
 */
export function drawingHtml({ markup, attributes }: Drawing, alt: string, name: string): string {
  const said = alt === '' ? 'aria-hidden="true"' : `role="img" aria-label="${alt}"`
  const whole = `<svg ${attributes} ${said}>${markup}</svg>`
  return whole.replaceAll(idMark, `drawing-${name.replaceAll(/[^\w-]/g, '-')}-`)
}
