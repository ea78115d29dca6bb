/** Rows of the adversarial catalogue that cannot be a test yet, and why. Whole groups wait for the part they attack. */
export const DEFERRED: Readonly<Record<string, string>> = {
  'TXT-06':
    'There is no page of ours that renders claims yet; the verifier page brings its Content-Security-Policy test.',
}

/** Groups that attack a part of the product that does not exist yet. */
export const DEFERRED_GROUPS: Readonly<Record<string, string>> = {
  Q: 'There is no web page, portal or HTTP API yet.',
  R: 'The command line has its own tests in test/cli; its rows become tests of group R with the later groups.',
}
