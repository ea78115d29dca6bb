const LOOPBACK = /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?(?:\/|$)/

/** Whether a text is an https address, or one of this machine, without query, fragment or a slash at its end. */
export const isBaseUrl = (url: string): boolean =>
  URL.canParse(url) && (url.startsWith('https://') || LOOPBACK.test(url)) && !/[?#]|\/$/.test(url)
