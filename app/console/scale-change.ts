import type { WantedBy } from './change.ts'
import { ControlError } from './control-error.ts'

const most = 1000

/** Another number of instances; fewer are asked about first. */
export const scaleChange: WantedBy = async ({ component, instances = '', sure }, control) => {
  const count = countIn(instances)
  const { components } = await control.appToChange()
  const found = components.find(({ component: name, kind }) => kind === 'component' && name === component)
  if (!found) throw new ControlError('invalid', 'The app has no such component, so nothing was changed.')
  const isFewer = count < found.wanted
  // Who was not asked agrees to more alone, and who was asked to fewer, whatever has changed meanwhile.
  const direction = sure === 'yes' ? 'down' : 'up'
  return {
    change: {
      method: 'POST',
      path: '/scale',
      body: { component: found.component, instances: count, direction },
    },
    done: 'scale',
    details: { component: found.component, instances },
    said: 'begun',
    question: isFewer ? questionFor(found.component, found.wanted, count) : undefined,
  }
}

const questionFor = (component: string, wanted: number, count: number) => ({
  question: `Scale ${component} from ${wanted} to ${count}?`,
  means:
    count === 0
      ? 'It would have no instance at all, and whatever needs it would fail.'
      : 'The instances that end finish what they have under way. The others have their work, too.',
  yes: `Scale to ${count}`,
})

function countIn(text: string): number {
  if (/^\d{1,4}$/.test(text) && Number(text) <= most) return Number(text)
  throw new ControlError('invalid', `Instances are a whole number from 0 to ${most}.`)
}
