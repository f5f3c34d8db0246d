import { contentPage } from './content-page.ts'
import { type PageHandler, pageContext } from './page-plan.ts'

/** The page at `/`; where the content has none, a list of what it has. */
export const homePage: PageHandler = (site, params, seconds) => {
  const written = contentPage(site, params, seconds)
  // A home page with a fault is not a missing one.
  if (written || site.content.faultsAt('/').length > 0) return written
  return {
    cache: seconds,
    render: async () =>
      site.renderer.render('contents', {
        page: pageContext(site, { title: 'Contents', url: '/' }),
        section: '',
        pages: site.content.pages,
        postCount: site.content.postCount,
      }),
  }
}
