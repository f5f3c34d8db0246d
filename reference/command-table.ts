export interface Command {
  /** What it does, in one sentence. */
  readonly about: string
  /** What to type after the name, besides options. */
  readonly takes?: string
  readonly options?: Readonly<Record<string, string>>
  /** Exit codes, where they say more than that something failed. */
  readonly exits?: Readonly<Record<number, string>>
  readonly example?: string
}

/** Every script of package.json; those that npm runs by itself before another are left out. */
export const commands: Readonly<Record<string, Command>> = {
  start: {
    about: 'Installs what is missing, then serves the site until it is told to stop.',
    exits: {
      0: 'It was asked to stop, by SIGTERM or Ctrl-C, and has finished every request under way.',
      1: 'It cannot start, and says why; or it was asked to stop twice.',
    },
    example: 'PORT=3000 npm start',
  },
  dev: { about: 'The same as `npm start`, and starts again when code of the application is saved.' },
  worker: {
    about: 'Delivers what is queued to the CRM, the account system and mail; any number may run.',
    exits: {
      0: 'It was asked to stop, and has finished or handed back what it held.',
      1: 'It cannot start, and says why; or it was asked to stop twice.',
    },
    example: 'QUEUE_URL=redis://localhost:6379 npm run worker',
  },
  'stand-ins': { about: 'Runs the stand-ins for CRM, account system and mail by themselves.' },
  test: {
    about: 'Runs every test, those against real Redis, nginx, Docker Compose and Chromium too.',
    options: {
      unit: 'Only the tests that need nothing but Node.',
      only: 'Only test files whose path holds this text.',
      except: 'All but those whose path holds this text.',
      list: 'Names the test files and runs none.',
      long: 'The tests that take longer than two minutes, instead of the others.',
      cluster: 'The tests of `npm run test:cluster`, instead of the others.',
      write: 'Puts the number of tests into the content, when all have passed.',
    },
    exits: {
      0: 'Every test that can run here has passed.',
      1: 'A test failed, or none was found; with `CI=true` also when a test cannot run here.',
    },
    example: 'npm test -- --only sessions',
  },
  'test:long': {
    about: 'Runs the tests that take longer than two minutes, two at a time.',
    options: {
      only: 'Only test files whose path holds this text.',
      except: 'All but those whose path holds this text.',
    },
    example: 'npm run test:long -- --only rollout',
  },
  'test:cluster': {
    about: 'Runs the tests that need a Swarm of three nodes, one at a time.',
    options: { only: 'Only test files whose path holds this text.' },
    example: 'npm run test:cluster -- --only prune',
  },
  check: { about: 'Types, style and unit tests, in half a minute.' },
  'check:types': { about: 'Checks the types of all code.' },
  'check:style': { about: 'Checks the format of all files, and looks for common mistakes.' },
  'test:unit': { about: 'Runs the tests that need nothing but Node.' },
  'content:check': {
    about: 'Renders every page, drafts too, and lists all that is wrong with its place and what to do.',
    exits: {
      0: 'Nothing is wrong, or there are warnings only.',
      1: 'There is at least one error; building the image stops here.',
    },
    example: 'CONTENT_DIR=../handbook npm run content:check',
  },
  new: {
    about: 'Begins a post or a page: a draft with its front matter, at the place that fits its title.',
    takes: '`post` and a title, or `page`, a title and a path unless the title makes it',
    exits: {
      1: 'Nothing was made, because the address is taken or there can be none.',
      2: 'What was typed is not understood.',
    },
    example: 'npm run new -- post "Two caches, for two reasons"',
  },
  operator: {
    about: 'Makes, lists and removes the accounts of those who may sign in at `/admin`.',
    takes: '`add NAME`, `remove NAME` or `list`',
    options: { file: 'The file of accounts; `operators.txt` unless given.' },
    example: 'npm run operator -- add ann',
  },
  privacy: {
    about: 'Answers a person who asks what is kept of them, or wants it removed.',
    takes: '`export` or `forget`, and the e-mail address',
    options: { yes: 'Removes without asking again.' },
    exits: { 1: 'Something could not be reached or removed; run it again.' },
    example: 'npm run privacy -- export ann@example.com',
  },
  secrets: {
    about: 'Makes the secrets of the production site that are not there yet, one file each.',
    takes: 'the folder they belong into; `secrets` unless given',
    options: {
      rotate: 'Makes a new secret of this name; the one before stays valid beside it.',
      retire: 'Makes invalid what was rotated out; only the newest stays.',
    },
    exits: { 1: 'Nothing was changed, and the reason is printed.' },
    example: 'npm run secrets',
  },
  rollout: {
    about: 'Puts a new release in place on this server, without a gap; or returns to the one before.',
    options: {
      back: 'Returns to the release before; given again, to the one it came from.',
      image: 'Takes this image of the webapp and builds nothing; one that is not here is pulled.',
      files:
        'With `--image`: the image with the static files of that release and its configuration of nginx.',
      balancing: 'With `--image`: the image with the configuration of HAProxy of that release.',
      release: 'The name of what is built; the time and the commit unless given.',
      patience: 'Seconds a new instance may take until it is ready. 60 unless given.',
      watch: 'Seconds the new instances serve beside the old ones before those stop. 2 unless given.',
      project: 'The name of the Compose project, where it is not the one in the file.',
      directory: 'The folder of the Compose project; this one unless given.',
      file: 'A Compose file, once for each; those of production unless given.',
    },
    exits: {
      0: 'Every instance runs the wanted release and is healthy.',
      1: 'The release is not in place: the reason is printed, and the one before goes on serving.',
      2: 'What was typed is not understood.',
      130: 'It was interrupted by Ctrl-C; by `SIGTERM` it is 143, and with its terminal 129.',
    },
    example: 'npm run rollout -- --back',
  },
  cluster: {
    about: 'A Docker Swarm of three nodes on this machine, to try things on. It needs root on Debian.',
    takes: '`up`, `down`, or `env`, which prints what a shell needs',
    options: { number: 'Which one: several can run side by side, and tests have number 1. 2 unless given.' },
    exits: { 2: 'It cannot run here or is not up, or what was typed is not understood.' },
    example: 'npm run cluster -- up',
  },
  probe: {
    about: 'Asks the pages of a running site, one after the other, and counts what fails.',
    takes: 'the address of the site',
    options: {
      seconds: 'For how long. 60 unless given.',
      rate: 'Requests a second, whatever the answers. 20 unless given.',
    },
    exits: { 1: 'At least one request failed.', 2: 'What was typed is not understood.' },
    example: 'npm run probe -- https://www.example.com --seconds 10',
  },
  bench: {
    about: 'Measures the site side by side with the simplest server there can be.',
    takes: 'names of benchmarks; all of them without a name',
    options: {
      rounds: 'How often each is measured; the median counts. 7 unless given.',
      seconds: 'How long each round puts load on a server. 3 unless given.',
      json: 'Writes all figures to this file.',
      write: 'Puts the figures into `bench/README.md` and into the content.',
    },
    example: 'npm run bench -- cached-page --rounds 3',
  },
  screenshots: {
    about: 'Takes pictures of every kind of page of a running site, in three widths, light and dark.',
    takes: 'the address of the site, and the folder for the pictures unless it is `.cache/screenshots`',
    exits: { 2: 'No address was given.' },
    example: 'npm run screenshots -- http://localhost:8000',
  },
  fonts: { about: 'Cuts the typefaces to the characters that pages need, into `app/static/fonts`.' },
  icons: { about: 'Draws the icons of all platforms from the mark, into `nginx/content`.' },
  reference: { about: 'Writes these pages and `.env.example` from the code.' },
}

/** The variables that docker-compose.yml passes on. */
export const composeVariables: Readonly<Record<string, string>> = {
  NGINX_PORT: 'The port of this machine that nginx is at.',
  STANDINS_PORT: 'The port of this machine that the page of the stand-ins is at.',
  OPERATORS: 'Who may sign in at /admin, as `npm run operator` makes the lines.',
  WATCH_BY_POLLING: 'Whether to look for changes every 100 ms, where a bind mount sends no change events.',
}
