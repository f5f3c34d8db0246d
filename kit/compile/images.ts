import type { Stack, StackService } from './types.ts'

/** A label of services, which no task is made from: another one restarts nothing. */
const WRITTEN = 'dogfood.image'

/** The image of a service by the name that was written for it: the one it runs by may have another tag. */
export const writtenImage = ({ image, deploy }: StackService): string => deploy.labels[WRITTEN] ?? image

/** The services with the images of a map, by what is in their place; where its name is another, a label keeps this one. */
export const withImages = (
  services: Stack['services'],
  images: ReadonlyMap<string, string>,
): Record<string, StackService> =>
  Object.fromEntries(Object.entries(services).map(([key, service]) => [key, withImage(service, images)]))

function withImage(service: StackService, images: ReadonlyMap<string, string>): StackService {
  const { image: written, deploy } = service
  const image = images.get(written) ?? written
  if (image === written || withoutDigest(image) === written) return { ...service, image }
  return { ...service, image, deploy: { ...deploy, labels: { [WRITTEN]: written, ...deploy.labels } } }
}

/** The service as if this were written as its image. */
export function rewritten(service: StackService, image: string): StackService {
  const { [WRITTEN]: _, ...labels } = service.deploy.labels
  return { ...service, image, deploy: { ...service.deploy, labels } }
}

/** `registry:5000/app:1@sha256:…` without the digest. */
export const withoutDigest = (image: string): string => image.split('@')[0] ?? image
