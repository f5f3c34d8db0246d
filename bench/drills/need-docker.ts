import { prepareLab } from '../../test/lab/prepare.ts'
import { CannotRunHere } from '../benchmark.ts'

/** Brings up Docker with the project's images, as the tests do. */
export async function needDocker(): Promise<void> {
  const { docker: reason } = await prepareLab(console.log)
  if (reason) throw new CannotRunHere(`it needs Docker: ${reason}`)
}
