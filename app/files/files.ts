import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import express, { type RequestHandler } from 'express'
import type { Assets } from '../assets/assets.ts'
import type { Content } from '../content/content.ts'
import { isForEverybody, type Kept, refuseToShare, tooLarge } from '../pages/front-cache.ts'
import { contentEtags } from './content-etag.ts'

const rootDir = join(import.meta.dirname, '../../nginx/content')

/** `/static` by its hashed names: where no nginx does it, and for an nginx of another release than this one. */
export const staticFiles =
  (assets: () => Assets): RequestHandler =>
  async (req, res, next) => {
    const file = req.path.startsWith('/static/') ? await assets().read(req.path) : undefined
    if (!file) return next()
    res.set({ 'Content-Type': file.type, 'Cache-Control': 'public, max-age=31536000, immutable' })
    res.send(file.body)
  }

/** Icons and what else sits at the root: nginx's own folder. */
export const rootFiles = (): RequestHandler =>
  express.static(rootDir, { index: false, redirect: false, maxAge: '1d' })

/** Images and downloads that belong to the content. They keep their names, so browsers ask again soon. */
export function contentFiles(content: () => Content, kept: Kept = {}): RequestHandler {
  const etagOf = contentEtags()
  return async (req, res, next) => {
    const file = req.method === 'GET' || req.method === 'HEAD' ? content().media(req.path) : undefined
    if (!file) return next()
    const path = resolve(file)
    if (isForEverybody(req) && statSync(path).size >= tooLarge) return refuseToShare(res, kept)
    res.set('ETag', await etagOf(path))
    // The index has looked at what is inside the folder; how the folder is called is the operator's business.
    res.sendFile(path, { maxAge: '5m', lastModified: false, dotfiles: 'allow' })
  }
}
