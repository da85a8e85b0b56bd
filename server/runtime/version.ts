/** Set by the build: the package's version and the hash of its sources. */
declare const __APP_VERSION__: string | undefined

/** Sent on every answer, so that an open page can tell that a newer one is there. The screens know the same constant. */
export const appVersion = typeof __APP_VERSION__ === 'string' ? __APP_VERSION__ : 'dev'
