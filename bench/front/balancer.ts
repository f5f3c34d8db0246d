import { until } from '../../test/until.ts'
import { commandOf, projectImage } from './images.ts'
import { logNowhere, type Part, type Place } from './place.ts'

/** Starts the project's HAProxy, known as `webapp`, in front of what is known as `instance`, until it answers. */
export async function startBalancer(place: Place): Promise<Part> {
  const image = await projectImage('balancer')
  const part = await place.start('webapp', { image, args: logNowhere(...(await commandOf(image))) })
  await until(() => answers(`http://${part.address}:8000/`), 'the balancer', 30)
  return part
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  )
