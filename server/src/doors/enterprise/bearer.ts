/** This will take the token out of an Authorization header; undefined when there is none. */
export function bearerToken(authorization: string | string[] | undefined): string | undefined {
  return typeof authorization === 'string'
    ? /^Bearer ([\w~+/.-]{1,200}=*)$/i.exec(authorization)?.[1]
    : undefined
}
