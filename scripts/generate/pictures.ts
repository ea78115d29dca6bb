import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { qrCode } from '../../src/exchange/qr-code.js'
import { ROOT } from './load.js'

const PICTURE = /<img src="pictures\/([a-z-]+\.svg)"[^>]*>\s*```text\n(.*)\n```/g

/** A picture that a page shows, and the link that stands below it. */
export interface Picture {
  readonly file: string
  readonly link: string
}

const picturesIn = (page: string): readonly Picture[] =>
  [...readFileSync(join(ROOT, page), 'utf8').matchAll(PICTURE)].map(([, name, link = '']) => ({
    file: `docs/pictures/${name}`,
    link,
  }))

/** The QR codes of the pages: a page says what is in one by the link below it. */
export const pictures = (): readonly Picture[] =>
  readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .flatMap((name) => picturesIn(`docs/${name}`))

/** What the pictures look like, by file. */
export const pictureFiles = (): Readonly<Record<string, string>> =>
  Object.fromEntries(pictures().map(({ file, link }) => [file, `${qrCode(link)}\n`]))
