import { contentPage } from './content-page.ts'
import { type PageHandler, pageContext } from './page-plan.ts'

/** The page at `/`; where the content has none, a list of what it has. */
export const homePage: PageHandler = (site, params, seconds) =>
  contentPage(site, params, seconds) ?? {
    cache: seconds,
    render: async () =>
      site.renderer.render('contents', {
        page: pageContext(site, { title: 'Contents', url: '/' }),
        section: '',
        pages: site.content.pages,
        postCount: site.content.postCount,
      }),
  }
