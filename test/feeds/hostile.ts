/** A title that would break out of HTML, XML, JSON-LD, Markdown or an attribute, were it not escaped. */
export const hostileTitle = `</script><!--<script>alert("1")</script> ]]> & 'q' [x](y) é \u{1f600}`

/** A post that says it everywhere; `escaped` keeps it as one line of YAML. */
export const hostilePost = (body = 'Text.'): string =>
  `---\ntitle: ${JSON.stringify(hostileTitle)}\ndescription: ${JSON.stringify(hostileTitle)}\nauthor: ${JSON.stringify(hostileTitle)}\ntags: [${JSON.stringify(hostileTitle)}]\n---\n${body}\n`
