/** Why no file was made, and what to do. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}
