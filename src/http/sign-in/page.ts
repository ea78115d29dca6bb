import { digestText } from '#runtime'
import { encodeBase64 } from '../../codec/base64.js'
import type { Reply } from '../answer.js'

/** What the page says. */
export interface SignInPage {
  /** Who asks. */
  readonly organisation: string
  /** What the wallet is to get, by name. */
  readonly credentials?: readonly string[]
  /** As the wallet names itself. */
  readonly wallet?: string
  /** What is wrong with what was entered, where something was. */
  readonly error?: string
  /** Whether there is nothing to enter any more. */
  readonly isOver?: boolean
}

const STYLE = `
body{font:1.1875rem/1.5 Arial,sans-serif;margin:0 auto;max-width:38rem;padding:1rem;color:#212b32;background:#fff}
h1{font-size:2rem;line-height:1.2}
label{display:block;font-weight:bold;margin-bottom:.25rem}
.hint{color:#4c6272;margin:0 0 .5rem}
.error{color:#d5281b;font-weight:bold;margin:0 0 .5rem}
.group{padding-left:1rem;margin:1.5rem 0}
.group.wrong{border-left:5px solid #d5281b}
input{font:inherit;font-family:monospace;letter-spacing:.1em;padding:.5rem;border:2px solid #4c6272;width:14ch}
button{font:inherit;font-weight:bold;padding:.75rem 1.25rem;border:0;background:#007f3b;color:#fff;border-bottom:4px solid #00401e}
button.secondary{background:#fff;color:#212b32;border:2px solid #4c6272;margin-top:1rem;display:block}
input:focus,button:focus{outline:4px solid #ffeb3b;outline-offset:0;box-shadow:inset 0 0 0 3px #212b32}
`

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')

const purpose = ({ credentials = [], wallet = '' }: SignInPage): string => `
<p>The wallet ${escaped(wallet)} asks for:</p>
<ul>${credentials.map((name) => `<li>${escaped(name)}</li>`).join('')}</ul>`

const form = (page: SignInPage): string => {
  const { error } = page
  return `${purpose(page)}
<form method="post" novalidate>
<div class="group${error === undefined ? '' : ' wrong'}">
<label for="key">Access key</label>
<p class="hint" id="hint">Your HR team gave you this: 10 letters and numbers, such as 0A1B2-C3D4E</p>
${error === undefined ? '' : `<p class="error" id="error"><span>Error:</span> ${escaped(error)}</p>`}
<input id="key" name="key" type="text" autocomplete="one-time-code" autocapitalize="characters" spellcheck="false" required
 aria-describedby="hint${error === undefined ? '' : ' error'}"${error === undefined ? '' : ' aria-invalid="true" autofocus'}>
</div>
<button type="submit">Continue</button>
<button type="submit" name="decline" value="yes" class="secondary" formnovalidate>I did not ask for this</button>
</form>`
}

const OVER = `
<p>The offer was taken, its time is over, or too many wrong access keys were entered.</p>
<p>Ask your HR team for a new one.</p>`

const html = (page: SignInPage): string => {
  const { organisation, error, isOver } = page
  const title = isOver ? 'This page is not open any more' : 'Enter your access key'
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${error === undefined ? '' : 'Error: '}${title} – ${escaped(organisation)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<p>${escaped(organisation)}</p>
<h1>${title}</h1>
${isOver ? OVER : form(page)}
</main>
</body>
</html>
`
}

const styleHash = encodeBase64(digestText('SHA-256', STYLE))

/** The page as an answer: no script, no address of anybody else's, and not in anybody's frame. */
export const signInReply = (status: number, page: SignInPage): Reply => ({
  status,
  body: html(page),
  contentType: 'text/html; charset=utf-8',
  headers: {
    'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; frame-ancestors 'none'; base-uri 'none'`,
    // Its address is a secret.
    'referrer-policy': 'no-referrer',
  },
})
