/** nunjucks without its compiler: a third of the time to load. Its own types describe only the whole. */
declare module 'nunjucks/browser/nunjucks-slim.js' {
  import type { Environment as WholeEnvironment } from 'nunjucks'

  const slim: {
    Environment: typeof WholeEnvironment
    runtime: { SafeString: new (html: string) => { readonly length: number } }
  }
  export = slim
}
