import { accessSync, constants } from 'node:fs'
import { makeFolder } from './make-folder.ts'

/** Whether files can be put into a folder, which is made if need be. */
export function isWritable(folder: string): boolean {
  try {
    if (!makeFolder(folder)) return false
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}
