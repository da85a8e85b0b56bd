/** Set by the build: the package's version and the hash of its sources. */
declare const __APP_VERSION__: string | undefined

/** Sent on every answer, so that an open page can tell that a newer one is there. The screens know the same constant. */
export const appVersion = typeof __APP_VERSION__ === 'string' ? __APP_VERSION__ : 'dev'

const version = /^(?:dev|\d+\.\d+\.\d+\+\d{14}\.[0-9a-f]{8})$/
/** What a page says its version is, if it can't be anything else. */
export const versionIn = (said: string | undefined): string | undefined =>
  said && said.length < 60 && version.test(said) ? said : undefined
