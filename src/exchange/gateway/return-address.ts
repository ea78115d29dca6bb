/**
 * Where to lead a browser in the end: an address, or a path, on the origin that callbacks come to. Anything else would
 * lead people from your service to somebody else's.
 * @throws TypeError
 */
export const returnAddress = (returnTo: string, redirectUri: string): string => {
  const address = URL.canParse(returnTo, redirectUri) ? new URL(returnTo, redirectUri) : undefined
  if (address?.origin !== new URL(redirectUri).origin)
    throw new TypeError('returnTo must be on the origin of the redirect address')
  return address.href
}
