import { readFileSync, writeFileSync } from 'node:fs'

const BEGIN = '<!-- the run begins -->'
const END = '<!-- the run ends -->'

/** Puts what a run printed between the two marks of a page. */
export const quote = (page: string, text: string): void => {
  const before = readFileSync(page, 'utf8')
  const [from, to] = [before.indexOf(BEGIN), before.indexOf(END)]
  if (from < 0 || to < from) throw new Error(`${page} has no place for a run`)
  writeFileSync(page, `${before.slice(0, from)}${BEGIN}\n\n\`\`\`text\n${text.trim()}\n\`\`\`\n\n${before.slice(to)}`)
}
