import { join, resolve } from 'node:path'
import express, { type RequestHandler } from 'express'
import type { Assets } from '../assets/assets.ts'
import type { Content } from '../content/content.ts'

const rootDir = join(import.meta.dirname, '../../nginx/content')

/** `/static` by its hashed names, for where no nginx does it. */
export const staticFiles =
  (assets: () => Assets): RequestHandler =>
  async (req, res, next) => {
    const file = req.path.startsWith('/static/') ? await assets().read(req.path) : undefined
    if (!file) return next()
    res.set({ 'Content-Type': file.type, 'Cache-Control': 'public, max-age=31536000, immutable' })
    res.send(file.body)
  }

/** robots.txt, icons and what else sits at the root: nginx's own folder. */
export const rootFiles = (): RequestHandler =>
  express.static(rootDir, { index: false, redirect: false, maxAge: '1d' })

/** Images and downloads that belong to the content. They keep their names, so browsers ask again soon. */
export const contentFiles =
  (content: () => Content): RequestHandler =>
  (req, res, next) => {
    const file = content().media(req.path)
    if (!file) return next()
    res.sendFile(resolve(file), { maxAge: '5m' })
  }
