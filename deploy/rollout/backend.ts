/** What a rollout needs of the place where Homeroom runs. */
export const colours = ['blue', 'green'] as const
export type Colour = (typeof colours)[number]
/** Percent of the requests; together 100. */
export type Shares = Record<Colour, number>

export const other = (colour: Colour): Colour => (colour === 'blue' ? 'green' : 'blue')

/** A folder with what was built, or an image. */
export interface Target {
  colour: Colour
  release: string
  /** Names this start among others of the same release: lower-case letters and digits. */
  id: string
}

/** What a colour has answered since somebody began to measure. */
export interface Figures {
  calls: number
  /** Calls that failed by the server's doing. */
  failed: number
  /** In ms; the 95th percentile, or the mean where the backend knows no more. Undefined without calls. */
  tookMs: number | undefined
}
/** Undefined where the colour's metrics can't be read at this moment. */
export type Measure = () => Promise<Figures | undefined>

export interface Backend {
  /** What `tookMs` is, for sentences. */
  readonly tookIs: string
  /** How long `stop` leaves a colour to finish, in seconds. */
  readonly graceSeconds: number
  /** Throws where something that the settings name is not there. Changes nothing. */
  inspect(): Promise<void>
  /** Says which backup is the newest and when it was made. Throws where it can't be used. */
  newestBackup(releases: { live: string | undefined; fresh: string }): Promise<{ name: string; at: Date; how: string }>
  /** Applies the release's additive steps as a job of its own, and says what was applied. May be run again. */
  migrate(release: string): Promise<string>
  /** Resolves when it is ready; it gets no request yet. Goes on with what an interrupted start has left. */
  start(target: Target): Promise<void>
  runs(target: Target): Promise<boolean>
  addressOf(target: Target): Promise<string>
  /** Visits it as a browser does. Throws with the step that failed. */
  check(target: Target): Promise<void>
  shift(shares: Shares, targets: Partial<Record<Colour, Target>>): Promise<void>
  measure(target: Target): Promise<Measure>
  /** Lets it finish and ends it. Says what had to be cut; undefined where nothing was. */
  stop(target: Target): Promise<string | undefined>
  /** Steps that are left for later, each with why. */
  pending(release: string): Promise<string[]>
}

/** A sentence for the operator. */
export class RolloutError extends Error {
  override name = 'RolloutError'
}
