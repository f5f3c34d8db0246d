import { matching, type scalar } from './scalars.ts'

type TextShape = ReturnType<typeof scalar<string>>

const name = '[A-Za-z0-9][A-Za-z0-9_.-]{0,99}'

export const plainName: TextShape = matching('a name of letters, digits, "-", "_" and "."', name)

export const componentReference: TextShape = matching(
  'the name of a component, as "component" or "service/component"',
  `${name}(?:/${name})*`,
)

export const podName: TextShape = matching(
  'a name, as "pod" or, for components of several services, "service/pod"',
  `${name}(?:/${name})?`,
)

export const treeName: TextShape = matching(
  'a name of letters, digits, "-", "_" and ".", with "/" between parent and child',
  `${name}(?:/${name})*`,
)

export const alias: TextShape = matching('a host name', '[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?')

export const absolutePath: TextShape = matching('an absolute path, such as "/data"', '/.*')

export const image: TextShape = matching(
  'an image, such as "shop/web:1.2" or "registry.example.com/shop/web:1.2"',
  '[a-z0-9](?:[A-Za-z0-9._/-]|:[0-9]+/)*(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@sha256:[0-9a-f]{64})?',
)

export const secretName: TextShape = matching(
  'a name of letters, digits, "-", "_" and "."',
  '[A-Za-z0-9][A-Za-z0-9_.-]{0,47}',
)
