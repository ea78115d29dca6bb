const LOOPBACK = /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?(?:\/|$)/

/** Whether it is an https address, or one of this machine. */
export const isSafeUrl = (url: string): boolean =>
  URL.canParse(url) && (url.startsWith('https://') || LOOPBACK.test(url))

/** Whether a person's browser may be led there: such an address without a user name or a password in it. */
export function isPageUrl(url: string): boolean {
  return isSafeUrl(url) && new URL(url).username === '' && new URL(url).password === ''
}

/** Whether it is such an address to put paths behind: without query, fragment or a slash at its end. */
export const isBaseUrl = (url: string): boolean => isSafeUrl(url) && !/[?#]|\/$/.test(url)
