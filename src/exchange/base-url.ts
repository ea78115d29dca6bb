const LOOPBACK = /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?(?:\/|$)/

/** Whether it is an https address, or one of this machine. */
export const isSafeUrl = (url: string): boolean =>
  URL.canParse(url) && (url.startsWith('https://') || LOOPBACK.test(url))

/** Whether it is such an address to put paths behind: without query, fragment or a slash at its end. */
export const isBaseUrl = (url: string): boolean => isSafeUrl(url) && !/[?#]|\/$/.test(url)
