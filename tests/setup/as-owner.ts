/**
 * Import it first. Server tests work as the role that serves, which can change neither tables nor what the journal says. A file that
 * does so all the same, as the release before or as somebody at the database would, works as one who may.
 */
if (process.env.DATABASE_DIRECT_URL) process.env.DATABASE_URL = process.env.DATABASE_DIRECT_URL
